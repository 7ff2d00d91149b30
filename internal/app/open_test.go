package app

import (
	"os"
	"strings"
	"testing"
)

func TestAFolderWithoutACentreStaysAsItIs(t *testing.T) {
	folder := t.TempDir()
	_, err := Serve(t.Context(), Config{Folder: folder, Listen: "127.0.0.1:0"})
	if err == nil || !strings.Contains(err.Error(), "There is no centre in "+folder) {
		t.Error(err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}
