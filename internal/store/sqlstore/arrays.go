package sqlstore

import (
	"context"
	"fmt"
	"strings"
)

// insertArrays adds rows by one statement that takes an array for each column:
// whatever their number, it is the same statement and has few parameters. types
// are those of the columns of into: bigint, double precision, text or bytea.
func (t *tx) insertArrays(ctx context.Context, into string, types []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	head, _ := splitExpressions(into)
	args, columns := make([]any, len(types)), make([]string, len(types))
	for c, kind := range types {
		columns[c] = fmt.Sprintf("$%d::%s[]", c+1, kind)
		switch kind {
		case "bigint":
			args[c] = column[*int64](rows, c, func(v any) *int64 { n := v.(int64); return &n })
		case "double precision":
			args[c] = column[*float64](rows, c, func(v any) *float64 { f := v.(float64); return &f })
		case "text":
			args[c] = column(rows, c, func(v any) string { return v.(string) })
		case "bytea":
			args[c] = column(rows, c, func(v any) []byte { return v.([]byte) })
		}
	}
	_, err := t.exec(ctx, "INSERT INTO "+head+" SELECT * FROM unnest("+strings.Join(columns, ", ")+")", args...)
	return err
}

// column gives one column of rows; nil values stay zero values.
func column[T any](rows [][]any, c int, convert func(any) T) []T {
	list := make([]T, len(rows))
	for i, row := range rows {
		if row[c] != nil {
			list[i] = convert(row[c])
		}
	}
	return list
}
