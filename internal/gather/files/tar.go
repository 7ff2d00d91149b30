package files

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"io"
	"path"
	"strings"

	"entente/internal/centre"
)

// gzip reads a file folded with gzip (RFC 1952): a tar archive, or one file that
// has its name without the ending.
func (p *parser) gzip(name string, r io.Reader) error {
	in := &counter{r: r}
	unpacked, err := gzip.NewReader(bufio.NewReader(in))
	if err != nil {
		if end := fatal(err); end != nil {
			return end
		}
		return centre.Invalid("it is no gzip file that can be read; it may be cut off")
	}
	defer unpacked.Close()
	total := &budget{left: maxTotal}
	guarded := &unfolding{r: unpacked, total: total, packed: func() int64 { return in.n }}
	inner := strings.TrimSuffix(name, path.Ext(name))
	if strings.EqualFold(path.Ext(name), ".tgz") {
		inner += ".tar"
	}
	content := bufio.NewReaderSize(guarded, headSize)
	head, err := content.Peek(512)
	if err != nil && err != io.EOF {
		return unreadable(err)
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return p.tar(name, content, &budget{left: maxTotal})
	}
	return p.file(inner, content, 0, true)
}

// tar reads the files of a tar archive as a stream (POSIX.1-2017, pax).
func (p *parser) tar(name string, r io.Reader, total *budget) error {
	archive := tar.NewReader(r)
	read := 0
	for entries := 1; ; entries++ {
		h, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if end := fatal(err); end != nil {
				return end
			}
			if centre.CodeOf(err) != "" {
				return err
			}
			return centre.Invalid("it is no tar archive that can be read to its end; it may be cut off")
		}
		if entries > maxEntries {
			return centre.Invalid("it holds more than %d files, which is the most that is taken of one archive: divide it", maxEntries)
		}
		inner, reason := tarName(h)
		if inner == "" && reason == "" {
			continue
		}
		if reason != "" {
			p.refuse(name+"/"+h.Name, 0, reason)
			continue
		}
		read++
		label := name + "/" + inner
		content := &unfolding{r: archive, total: total, packed: func() int64 { return h.Size }}
		if err := p.file(label, content, 0, true); err != nil {
			if end := fatal(err); end != nil {
				return end
			}
			if total.left <= 0 {
				return centre.Invalid("it unfolds to more than %d MB, which is the most that is taken of one archive; what came before %s was read", maxTotal>>20, show(inner))
			}
			p.refuse(label, 0, unreadable(err).Error())
		}
	}
	if read == 0 {
		return centre.Invalid("it holds no file that can be read")
	}
	return nil
}

// tarName gives the name of a file of an archive, "" for what is no file, and a
// reason where it is refused.
func tarName(h *tar.Header) (name, reason string) {
	name = strings.ReplaceAll(strings.ToValidUTF8(h.Name, "\uFFFD"), `\`, "/")
	base := path.Base(name)
	switch {
	case h.Typeflag == tar.TypeDir, h.Typeflag == tar.TypeXGlobalHeader, strings.HasPrefix(base, "."):
		return "", ""
	case path.IsAbs(name), strings.ContainsRune(name, 0), len(name) > 1 && name[1] == ':', strings.HasPrefix(path.Clean(name), ".."):
		return "", "its name points out of the archive"
	case h.Typeflag != tar.TypeReg:
		return "", "it is a link or a device, not a file"
	}
	return path.Clean(name), ""
}
