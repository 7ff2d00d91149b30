package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// readBody reads and decompresses a body, at most most bytes of it after
// decompression.
func readBody(wire io.Reader, encoding string, most int64) ([]byte, error) {
	plain, err := decompress(wire, encoding)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	n, err := io.Copy(&body, io.LimitReader(plain, most+1))
	switch {
	case n > most:
		return nil, errBomb
	case err != nil && plain != wire && isCorrupt(err):
		return nil, fmt.Errorf("%w: %w", errCorrupt, err)
	case err != nil:
		return nil, err
	}
	return body.Bytes(), nil
}

func decompress(wire io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return wire, nil
	case "gzip", "x-gzip":
		b := bufio.NewReader(wire)
		if _, err := b.Peek(1); errors.Is(err, io.EOF) {
			return strings.NewReader(""), nil
		}
		z, err := gzip.NewReader(b)
		if err != nil {
			if isCorrupt(err) {
				err = fmt.Errorf("%w: %w", errCorrupt, err)
			}
			return nil, err
		}
		return z, nil
	case "zstd":
		// RFC 8878 lets a frame ask for any window; RFC 9659 says 8 MB for the
		// web, and that much is granted and no more.
		// At a concurrency of one the decoder has no goroutines to be stopped.
		return zstd.NewReader(wire, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
	case "deflate":
		// RFC 9110 means zlib; some servers send the raw stream.
		b := bufio.NewReader(wire)
		head, err := b.Peek(2)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if len(head) == 2 && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
			return zlib.NewReader(b)
		}
		return flate.NewReader(b), nil
	}
	return nil, errEncoding
}

func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	for _, damaged := range []error{zstd.ErrMagicMismatch, zstd.ErrCRCMismatch, zstd.ErrReservedBlockType, zstd.ErrBlockTooSmall,
		zstd.ErrUnexpectedBlockSize, zstd.ErrWindowSizeExceeded, zstd.ErrWindowSizeTooSmall, zstd.ErrDecoderSizeExceeded, zstd.ErrUnknownDictionary} {
		if errors.Is(err, damaged) {
			return true
		}
	}
	return errors.As(err, &corrupt) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, zlib.ErrHeader) || errors.Is(err, zlib.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF)
}
