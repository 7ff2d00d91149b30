package corpus

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// maxLine bounds a line of a file, in bytes.
const maxLine = 16 << 20

// lines gives the lines of a file without their ends.
func lines(data fs.FS, name string) ([]string, error) {
	raw, err := fs.ReadFile(data, name)
	if err != nil {
		return nil, err
	}
	var all []string
	in := bufio.NewScanner(bytes.NewReader(raw))
	in.Buffer(nil, maxLine)
	for in.Scan() {
		all = append(all, in.Text())
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return all, nil
}

// columns gives the rows of a file of tabs with at least n columns, without its
// first one where that is head. Empty lines are left out.
func columns(data fs.FS, name string, n int, head string) (rows [][]string, err error) {
	all, err := lines(data, name)
	if err != nil {
		return nil, err
	}
	for i, line := range all {
		if strings.TrimSpace(line) == "" {
			continue
		}
		row := strings.Split(line, "\t")
		if i == 0 && head != "" && row[0] == head {
			continue
		}
		if len(row) < n {
			return nil, fmt.Errorf("%s, line %d: has %d columns, not %d", name, i+1, len(row), n)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// readTable gives the rows of a CSV file below its head, each with n columns.
func readTable(data fs.FS, name string, n int) ([][]string, error) {
	raw, err := fs.ReadFile(data, name)
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	in.FieldsPerRecord = n
	rows, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", name)
	}
	return rows[1:], nil
}

// files gives the names in a folder that end in suffix, sorted. A folder with
// none does not exist as far as a task can tell.
func files(data fs.FS, folder, suffix string) ([]string, error) {
	entries, err := fs.ReadDir(data, folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), suffix) {
			names = append(names, path.Join(folder, e.Name()))
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return nil, fmt.Errorf("no *%s in %s: %w", suffix, folder, fs.ErrNotExist)
	}
	return names, nil
}
