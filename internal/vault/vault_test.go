package vault_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"entente/internal/centre"
	"entente/internal/vault"
)

func TestWhatIsSealedOpensWithTheSameKeyAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), vault.FileName)
	v, err := vault.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte(`{"password":"hunter2"}`)
	sealed, err := v.Seal(secret)
	if err != nil || bytes.Contains(sealed, []byte("hunter2")) {
		t.Fatalf("sealed %q, %v", sealed, err)
	}
	again, err := vault.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := v.Derive("x"), again.Derive("x"); len(a) != 32 || !bytes.Equal(a, b) || bytes.Equal(a, v.Derive("y")) {
		t.Errorf("derived %x, %x", a, b)
	}
	if got, err := again.Open(sealed); err != nil || !bytes.Equal(got, secret) {
		t.Errorf("opened %q, %v", got, err)
	}
	other, err := vault.Open(filepath.Join(t.TempDir(), vault.FileName))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"another key": sealed, "altered": append(bytes.Clone(sealed[:len(sealed)-1]), sealed[len(sealed)-1]^1), "nothing": nil} {
		reader := v
		if name == "another key" {
			reader = other
		}
		if got, err := reader.Open(bad); centre.CodeOf(err) != centre.CodeUnavailable {
			t.Errorf("%s: opened %q, %v", name, got, err)
		}
	}
}

func TestTheKeyIsMadeOnceAndKeptFromOthers(t *testing.T) {
	file := filepath.Join(t.TempDir(), vault.FileName)
	var started sync.WaitGroup
	sealed := make([][]byte, 8)
	for i := range sealed {
		started.Go(func() {
			v, err := vault.Open(file)
			if err == nil {
				sealed[i], err = v.Seal([]byte("x"))
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	started.Wait()
	v, err := vault.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sealed { // processes that start together share one key
		if _, err := v.Open(s); err != nil {
			t.Error(err)
		}
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(file); centre.CodeOf(err) != centre.CodeDenied || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others may read: %v", err)
	}
	if err := os.WriteFile(file, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(file); centre.CodeOf(err) != centre.CodeInvalid {
		t.Errorf("a file without a key: %v", err)
	}
}
