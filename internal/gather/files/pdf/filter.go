package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"io"
)

// unfold gives what a stream holds, as far as its filters (7.4) can be undone;
// nil for pictures' filters.
func (f *file) unfold(s *stream) []byte {
	filters := f.array(s.dict["Filter"])
	if one, ok := f.value(s.dict["Filter"]).(name); ok {
		filters = array{one}
	}
	parameters := f.array(s.dict["DecodeParms"])
	if one := f.dict(s.dict["DecodeParms"]); one != nil {
		parameters = array{one}
	}
	body := s.raw
	for i, filter := range filters {
		if i > 8 {
			return nil
		}
		var p dict
		if i < len(parameters) {
			p = f.dict(parameters[i])
		}
		most := min(f.left, maxUnfolded)
		switch f.value(filter) {
		case name("FlateDecode"), name("Fl"):
			body = unpredict(inflate(body, most), f, p)
		case name("LZWDecode"), name("LZW"):
			early := true
			if v, ok := f.value(p["EarlyChange"]).(float64); ok && v == 0 {
				early = false
			}
			body = unpredict(unlzw(body, most, early), f, p)
		case name("ASCII85Decode"), name("A85"):
			body = un85(body)
		case name("ASCIIHexDecode"), name("AHx"):
			body = []byte((&lexer{data: append(body[:len(body):len(body)], '>')}).hex())
		case name("RunLengthDecode"), name("RL"):
			body = unrun(body, most)
		default:
			return nil
		}
		f.left -= int64(len(body))
	}
	return body
}

// inflate gives what can be unfolded, also where the end is damaged.
func inflate(b []byte, most int64) []byte {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer r.Close()
	var out bytes.Buffer
	_, _ = io.Copy(&out, io.LimitReader(r, most)) // what came before the damage counts
	return out.Bytes()
}

func un85(b []byte) []byte {
	b = bytes.TrimPrefix(bytes.TrimSpace(b), []byte("<~"))
	if i := bytes.IndexByte(b, '~'); i >= 0 {
		b = b[:i]
	}
	out, _ := io.ReadAll(ascii85.NewDecoder(bytes.NewReader(b))) // as far as it goes
	return out
}

func unrun(b []byte, most int64) []byte {
	var out []byte
	for i := 0; i < len(b) && int64(len(out)) < most; {
		n := int(b[i])
		i++
		switch {
		case n == 128:
			return out
		case n < 128:
			stop := min(i+n+1, len(b))
			out = append(out, b[i:stop]...)
			i = stop
		case i < len(b):
			out = append(out, bytes.Repeat(b[i:i+1], 257-n)...)
			i++
		}
	}
	return out
}

// unlzw undoes LZW as 7.4.4 has it: codes of 9 to 12 bits, 256 to clear, 257 to end.
func unlzw(b []byte, most int64, early bool) []byte {
	type entry struct {
		before int
		last   byte
		length int
	}
	table := make([]entry, 258, 4096)
	for i := range 256 {
		table[i] = entry{-1, byte(i), 1}
	}
	offset := 0
	if early {
		offset = 1
	}
	var out []byte
	var bits, held uint
	width, before := uint(9), -1
	write := func(code int) byte {
		n := table[code].length
		start := len(out)
		out = append(out, make([]byte, n)...)
		for i := n - 1; i >= 0 && code >= 0; i-- {
			out[start+i] = table[code].last
			code = table[code].before
		}
		return out[start]
	}
	for _, c := range b {
		bits, held = bits<<8|uint(c), held+8
		if held < width {
			continue
		}
		held -= width
		code := int(bits >> held & (1<<width - 1))
		switch {
		case code == 256:
			table, width, before = table[:258], 9, -1
			continue
		case code == 257, int64(len(out)) > most:
			return out
		case before < 0:
			if code > 255 {
				return out
			}
			write(code)
		case code < len(table):
			first := write(code)
			if len(table) < 4096 {
				table = append(table, entry{before, first, table[before].length + 1})
			}
		case code == len(table) && len(table) < 4096:
			first := before
			for table[first].before >= 0 {
				first = table[first].before
			}
			table = append(table, entry{before, table[first].last, table[before].length + 1})
			write(code)
		default:
			return out
		}
		before = code
		if n := len(table) + offset; n >= 1<<width && width < 12 {
			width++
		}
	}
	return out
}

// unpredict undoes the PNG predictors (7.4.4.4).
func unpredict(b []byte, f *file, p dict) []byte {
	if f.number(p["Predictor"]) < 10 {
		return b
	}
	or := func(v any, otherwise int) int {
		if n, ok := f.value(v).(float64); ok && n >= 1 && n <= 1<<20 {
			return int(n)
		}
		return otherwise
	}
	bits := or(p["Colors"], 1) * or(p["BitsPerComponent"], 8)
	step := max(1, min(bits/8, 64))
	width := (bits*or(p["Columns"], 1) + 7) / 8
	if width <= 0 || width > 1<<24 {
		return nil
	}
	out := make([]byte, 0, len(b))
	above, row := make([]byte, width), make([]byte, width)
	for len(b) > 0 {
		kind := b[0]
		n := copy(row, b[1:])
		b = b[1+n:]
		for i := range n {
			var left, corner byte
			if i >= step {
				left, corner = row[i-step], above[i-step]
			}
			switch kind {
			case 1:
				row[i] += left
			case 2:
				row[i] += above[i]
			case 3:
				row[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				row[i] += paeth(left, above[i], corner)
			}
		}
		out = append(out, row[:n]...)
		above, row = row, above
	}
	return out
}

func paeth(a, b, c byte) byte {
	abs := func(n int) int { return max(n, -n) }
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
