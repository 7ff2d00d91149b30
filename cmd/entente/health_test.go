package main

import "testing"

func TestASourceThatTheCentrePausedIsNotHidden(t *testing.T) {
	var gone, paused source
	gone.Paused, gone.Health.Error = true, "https://a.example/rss is gone for good, says its host (status 410); find its new address, or remove the source. It was paused."
	paused.Paused = true
	if gone.state() != "gone" || paused.state() != "paused" || gone.sickness() <= paused.sickness() {
		t.Errorf("%s, %s", gone.state(), paused.state())
	}
}
