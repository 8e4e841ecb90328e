package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"pakta"
)

// Format is a form of output.
type Format string

// The formats.
const (
	JSON  Format = "json"  // one array
	JSONL Format = "jsonl" // one agreement a line
)

// Formats lists all formats.
func Formats() []Format { return []Format{JSON, JSONL} }

// String is the format's name.
func (f Format) String() string { return string(f) }

// ParseFormat reads a format's name, whatever its case; the error lists them.
func ParseFormat(s string) (Format, error) {
	for _, f := range Formats() {
		if strings.EqualFold(s, string(f)) {
			return f, nil
		}
	}
	return "", fmt.Errorf("format %.20q: want one of %v", s, Formats())
}

// Write writes the agreements and returns how many. It stops at the first
// error of seq or w, and when ctx ends; what was written before is whole
// lines of JSON Lines, but no whole JSON array.
func Write(ctx context.Context, w io.Writer, f Format, seq iter.Seq2[*pakta.Agreement, error]) (n int, err error) {
	if _, err := ParseFormat(string(f)); err != nil {
		return 0, err
	}
	out := bufio.NewWriter(w)
	open, between, end := "", "\n", "\n"
	if f == JSON {
		open, between, end = "[", ",\n", "]\n"
	}
	out.WriteString(open) // bufio keeps the first error for Flush
	for ag, err := range seq {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return n, errors.Join(err, out.Flush())
		}
		line, err := json.Marshal(ag)
		if err != nil {
			return n, fmt.Errorf("write agreement %s: %w", ag.ID, err)
		}
		if n > 0 {
			out.WriteString(between)
		}
		if _, err := out.Write(line); err != nil {
			return n, err
		}
		n++
	}
	if n > 0 || f == JSON {
		out.WriteString(end)
	}
	return n, out.Flush()
}

// File writes a file as a whole or not at all: fill writes beside it, and the
// result takes its place when everything is on disk. An error leaves an older
// file as it was.
func File(path string, fill func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".pakta-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			tmp.Close()           // the first error is the one to tell
			os.Remove(tmp.Name()) // a leftover does no harm
			err = fmt.Errorf("write %s: %w", path, err)
		}
	}()
	if err := fill(tmp); err != nil {
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
