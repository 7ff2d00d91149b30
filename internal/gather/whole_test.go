package gather_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"entente/internal/centre"
	"entente/internal/gather"
)

func TestAContentIsReadWholeOrRefusedByName(t *testing.T) {
	if body, err := gather.Whole("good.xml", strings.NewReader("0123456789"), 10); err != nil || len(body) != 10 {
		t.Errorf("%q, %v", body, err)
	}
	if _, err := gather.Whole("big.xml", strings.NewReader("0123456789x"), 10); centre.CodeOf(err) != centre.CodeInvalid || !strings.Contains(err.Error(), "big.xml") {
		t.Error(err)
	}
	if _, err := gather.Whole("", iotest.ErrReader(errors.New("the disk is gone")), 10); centre.CodeOf(err) != centre.CodeUnavailable || !strings.Contains(err.Error(), "The content") {
		t.Error(err)
	}
}
