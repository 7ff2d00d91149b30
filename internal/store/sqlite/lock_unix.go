//go:build unix

package sqlite

import (
	"errors"
	"os"
	"syscall"

	"entente/internal/centre"
)

// lock takes the folder for this process until the function that it returns is
// called, or the process ends in whatever way.
func lock(file, folder string) (unlock func() error, err error) {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be written to: %w. Name another, or change who may write there.", folder, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		closed := f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, centre.Refuse(centre.CodeUnavailable, "Another process has the folder %s open. End it, or name another folder.", folder)
		}
		return nil, errors.Join(err, closed)
	}
	return f.Close, nil
}
