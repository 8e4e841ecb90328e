package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"pakta"
)

func agreements(ids ...string) iter.Seq2[*pakta.Agreement, error] {
	return func(yield func(*pakta.Agreement, error) bool) {
		for _, id := range ids {
			if !yield(&pakta.Agreement{ID: id}, nil) {
				return
			}
		}
	}
}

func TestWrite(t *testing.T) {
	tests := []struct {
		format    Format
		ids       []string
		wantLines int
		wantArray bool
	}{
		{JSONL, nil, 0, false},
		{JSONL, []string{"a", "b"}, 2, false},
		{JSON, nil, 1, true},
		{JSON, []string{"a", "b\u2028"}, 2, true},
	}
	for _, tt := range tests {
		var buf bytes.Buffer
		n, err := Write(context.Background(), &buf, tt.format, agreements(tt.ids...))
		if err != nil || n != len(tt.ids) {
			t.Errorf("Write(%s, %q) = %d, %v, want %d", tt.format, tt.ids, n, err, len(tt.ids))
		}
		if got := bytes.Count(buf.Bytes(), []byte("\n")); got != tt.wantLines {
			t.Errorf("Write(%s, %q): %d lines, want %d:\n%s", tt.format, tt.ids, got, tt.wantLines, buf.Bytes())
		}
		var array []pakta.Agreement
		if err := json.Unmarshal(buf.Bytes(), &array); (err == nil) != tt.wantArray || err == nil && len(array) != len(tt.ids) {
			t.Errorf("Write(%s, %q): as an array: %d, %v", tt.format, tt.ids, len(array), err)
		}
	}
}

func TestWriteStops(t *testing.T) {
	broken := errors.New("archive broke")
	seq := func(yield func(*pakta.Agreement, error) bool) {
		if yield(&pakta.Agreement{ID: "a"}, nil) {
			yield(nil, broken)
		}
	}
	var buf bytes.Buffer
	if n, err := Write(context.Background(), &buf, JSONL, seq); n != 1 || !errors.Is(err, broken) {
		t.Errorf("Write = %d, %v, want 1 and the error of the sequence", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Write(ctx, &buf, JSONL, agreements("a")); !errors.Is(err, context.Canceled) {
		t.Errorf("Write with an ended context = %v", err)
	}
	if _, err := ParseFormat("xls"); err == nil {
		t.Error("ParseFormat(xls): want an error")
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	put := func(s string, fail error) error {
		return File(path, func(w io.Writer) error {
			io.WriteString(w, s)
			return fail
		})
	}
	if err := put("first", nil); err != nil {
		t.Fatal(err)
	}
	if err := put("second", errors.New("no")); err == nil {
		t.Error("File hides the error of fill")
	}
	if got, _ := os.ReadFile(path); string(got) != "first" {
		t.Errorf("a failed write left %q, want the old file", got)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".pakta-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
