//go:build unix

package gazetteer

import (
	"os"
	"syscall"

	"entente/internal/centre"
)

// mapFile maps a file into memory, to be read only. A file that is replaced by
// rename stays whole for those who mapped it.
func mapFile(path string) (data []byte, release func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() < headerSize {
		return nil, nil, centre.Invalid("the imported gazetteer %s is damaged; import its files again", path)
	}
	data, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, err
	}
	return data, func() error { return syscall.Munmap(data) }, nil
}
