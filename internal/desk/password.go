package desk

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
)

// hashParams are the second of OWASP's equivalent settings for Argon2id
// (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. Hashes carry
// their own parameters, so that these can be raised.
var hashParams = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashesAtOnce bounds the memory that hashing takes: a flood of sign-ins waits
// instead of filling the machine.
const hashesAtOnce = 4

// MinPassword and MaxPassword bound a password's length, in code points. NIST
// SP 800-63B asks for length and a list of known passwords, and against rules
// on the kinds of characters.
const (
	MinPassword = 12
	MaxPassword = 256
)

//go:embed common_passwords.txt
var commonPasswords string

// CheckPassword refuses a password that is too short or too long, is the login
// or little more, repeats few characters, or is among the commonest.
func CheckPassword(password, login string) error {
	if !utf8.ValidString(password) {
		return centre.Invalid("The password is not valid text; choose another.")
	}
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return centre.Invalid("The password has %d characters; it needs at least %d. Several words in a row are easy to remember.", n, MinPassword)
	case n > MaxPassword:
		return centre.Invalid("The password has %d characters; at most %d are possible.", n, MaxPassword)
	}
	plain := letters(password)
	distinct := map[rune]bool{}
	for _, r := range plain {
		distinct[r] = true
	}
	switch {
	case login != "" && (plain == letters(login) || strings.TrimRight(plain, "0123456789") == strings.TrimRight(letters(login), "0123456789")):
		return centre.Invalid("The password is the login with little added; choose another.")
	case len(distinct) < 5:
		return centre.Invalid("The password repeats a few characters; choose another.")
	}
	for common := range strings.Lines(commonPasswords) {
		if c := letters(common); c != "" && (plain == c || strings.TrimRight(plain, "0123456789") == c && len(c) >= 6) {
			return centre.Invalid("The password is among those that are tried first; choose another.")
		}
	}
	return nil
}

// letters is what remains of a password when case, spaces and marks around its
// letters and digits are taken away.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// prepared is a password as it is hashed: in NFC, so that it is the same from
// every keyboard.
func prepared(password string) string { return norm.NFC.String(password) }

// hash makes the Argon2id hash of a password, waiting for its turn.
func (d *Desk) hash(ctx context.Context, password string) (string, error) {
	if err := d.turn(ctx); err != nil {
		return "", err
	}
	defer func() { <-d.hashing }()
	params := hashParams
	hash, err := argon2id.CreateHash(prepared(password), &params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// matches compares a password with a hash, waiting for its turn. It takes the
// same time whether they match or not.
func (d *Desk) matches(ctx context.Context, password, hash string) (bool, error) {
	if err := d.turn(ctx); err != nil {
		return false, err
	}
	defer func() { <-d.hashing }()
	ok, err := argon2id.ComparePasswordAndHash(prepared(password), hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return ok, nil
}

func (d *Desk) turn(ctx context.Context) error {
	select {
	case d.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
