package events

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"entente/internal/centre"
)

// maxRecord bounds the bytes of one record of an answer.
const maxRecord = 8 << 20

// allowance stops a reader that gives more than left bytes; it is topped up
// after each record, so that memory does not grow with an answer.
type allowance struct {
	r    io.Reader
	left int64
}

var errRecordTooLong = errors.New("a record is longer than 8 MB")

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, errRecordTooLong
	}
	n, err := a.r.Read(p[:min(int64(len(p)), a.left)])
	a.left -= int64(n)
	return n, err
}

// answer is what an API's answer says besides its records.
type answer struct {
	records int
	members map[string]string // numbers and texts of the object around them, by lower-case name
}

// records reads the records of a JSON answer: the array named list (in any
// case) of the object around it, or an answer that is an array itself. Each is
// taken under the columns of names.
func (s *sink) records(r io.Reader, list string, names []string, take record) (answer, error) {
	limited := &allowance{r: r, left: maxRecord}
	d := json.NewDecoder(limited)
	d.UseNumber()
	a := answer{members: map[string]string{}}
	found := false
	open, err := d.Token()
	switch {
	case err != nil:
		return a, s.brokenJSON(err, a.records)
	case open == json.Delim('['):
		found = true
		if err := s.recordList(d, limited, &a, names, take); err != nil {
			return a, err
		}
	case open == json.Delim('{'):
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return a, s.brokenJSON(err, a.records)
			}
			name, _ := key.(string)
			limited.left = maxRecord
			if !strings.EqualFold(name, list) {
				var value any
				if err := d.Decode(&value); err != nil {
					return a, s.brokenJSON(err, a.records)
				}
				if v := scalar(value); v != "" && len(a.members) < 100 {
					a.members[strings.ToLower(name)] = v
				}
				continue
			}
			if open, err = d.Token(); err != nil {
				return a, s.brokenJSON(err, a.records)
			}
			if open == json.Delim('[') {
				found = true
				err = s.recordList(d, limited, &a, names, take)
			} else if open == json.Delim('{') {
				err = s.brokenJSON(errors.New("the list of records is an object"), a.records)
			}
			if err != nil {
				return a, err
			}
		}
		if _, err := d.Token(); err != nil {
			return a, s.brokenJSON(err, a.records)
		}
	}
	if !found {
		return a, s.refusedByAPI(list, a)
	}
	return a, nil
}

// refusedByAPI turns an answer without records into a sentence.
func (s *sink) refusedByAPI(list string, a answer) error {
	said := ""
	for _, name := range []string{"error_description", "message", "error", "messages"} {
		if said = a.members[name]; said != "" {
			said = " It says: " + strings.TrimSuffix(clip(said), ".") + "."
			break
		}
	}
	return centre.Invalid("%s answers without a list %q of records.%s Check the address and the access that the source has.", s.name, list, said)
}

// brokenJSON is the end of an answer that is no JSON from some point on.
func (s *sink) brokenJSON(err error, after int) error {
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	return centre.Invalid("%s is no JSON that can be read after %d records (%s); fetch it again, or check the file.", s.name, after, clip(err.Error()))
}

// recordList reads the records up to the closing bracket.
func (s *sink) recordList(d *json.Decoder, limited *allowance, a *answer, names []string, take record) error {
	values := make([]string, len(names))
	for d.More() {
		if a.records%256 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		limited.left = maxRecord
		var fields map[string]any
		err := d.Decode(&fields)
		if _, notObject := errors.AsType[*json.UnmarshalTypeError](err); notObject {
			fields, err = nil, nil
		}
		if err != nil {
			return s.brokenJSON(err, a.records)
		}
		a.records++
		problem := "it is no object"
		if fields != nil {
			lower := make(map[string]any, len(fields))
			for name, v := range fields {
				lower[columnName(name)] = v
			}
			for i, name := range names {
				values[i] = scalar(lower[name])
			}
			if problem, err = take(0, values); err != nil {
				return err
			}
		}
		if problem != "" {
			s.leaveOutRecord(a.records, problem)
		}
	}
	_, err := d.Token()
	if err != nil {
		return s.brokenJSON(err, a.records)
	}
	limited.left = maxRecord
	return nil
}

func (s *sink) leaveOutRecord(n int, problem string) {
	s.say("%s, record %d: %s; the record was left out.", s.name, n, problem)
}

// scalar gives a JSON value as a table would print it; "" for null and for what
// is no single value.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}
