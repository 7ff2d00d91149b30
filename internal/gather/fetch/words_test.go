package fetch

import (
	"testing"
	"time"
)

func TestDurationsAreToldInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		20 * time.Minute: "20 minutes", 90 * time.Second: "90 seconds", 1200 * time.Millisecond: "2 seconds",
		3*time.Hour + time.Minute: "4 hours", 119*time.Minute + time.Second: "120 minutes",
	} {
		if got := inWords(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
