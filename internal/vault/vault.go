// Package vault seals the secrets that the centre keeps for its sources
// (passwords, tokens), so that a copy of the database does not give them away.
// They are encrypted by age (X25519, the age-encryption.org/v1 format) to the
// centre's own key, which lies in a file beside the database and is never in it.
//
// Several processes on one PostgreSQL share the file. Who loses it loses the
// secrets of the sources and nothing else: they are given anew.
package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"entente/internal/centre"
)

// FileName is the key's file in a centre's folder.
const FileName = "centre.key"

// maxSealed bounds what is opened, in bytes.
const maxSealed = 1 << 20

// Vault seals and opens. It is safe for concurrent use.
type Vault struct {
	file     string
	identity *age.X25519Identity
}

// Open reads the key in a file, or makes file and key where there is none. A
// file that others than its owner may read is refused.
func Open(file string) (*Vault, error) {
	v, err := read(file)
	if !errors.Is(err, os.ErrNotExist) {
		return v, err
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("making the centre's key: %w", err)
	}
	if err := write(file, identity); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, centre.Refuse(centre.CodeUnavailable, "The centre's key cannot be written to %s: %w.", file, err)
	}
	return read(file) // ours, or that of a process that was quicker
}

func read(file string) (*Vault, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, centre.Refuse(centre.CodeDenied, "The centre's key %s may be read by others than its owner: run chmod 600 on it, and give the sources new passwords if somebody may have copied it.", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The centre's key %s cannot be read: %w.", file, err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		identity, err := age.ParseX25519Identity(line)
		if err != nil {
			break
		}
		return &Vault{file, identity}, nil
	}
	return nil, centre.Invalid("The file %s holds no key (a line that begins with AGE-SECRET-KEY-1); restore it from a copy, or remove it and give the sources their passwords anew.", file)
}

// write makes the file whole or not at all, and never in place of another.
func write(file string, identity *age.X25519Identity) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = fmt.Fprintf(f, "# Opens the secrets of this centre's sources. Keep a copy apart from the database.\n%s\n", identity)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), file)
}

// Derive makes 32 bytes from the key for a purpose (HKDF with SHA-256, RFC
// 5869): the same for the same purpose, and telling nothing of any other.
func (v *Vault) Derive(purpose string) []byte {
	out, err := hkdf.Key(sha256.New, []byte(v.identity.String()), nil, "entente "+purpose, 32)
	if err != nil {
		panic(err) // only for lengths that HKDF cannot give
	}
	return out
}

// Seal encrypts.
func (v *Vault) Seal(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, v.identity.Recipient())
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("sealing: %w", err)
	}
	return out.Bytes(), nil
}

// Open decrypts what Seal gave. What another key sealed, or what was altered,
// is refused in a sentence.
func (v *Vault) Open(sealed []byte) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), v.identity)
	if err != nil {
		return nil, v.foreign(err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxSealed))
	if err != nil {
		return nil, v.foreign(err)
	}
	return plain, nil
}

func (v *Vault) foreign(err error) error {
	return centre.Refuse(centre.CodeUnavailable, "The secrets of this source cannot be opened with the key in %s (%w): restore the key that sealed them, or give them anew.", v.file, err)
}
