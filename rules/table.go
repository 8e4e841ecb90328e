package rules

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxFile bounds one rule file: four times the largest of ours. A larger one
// is a mistake (a data dump in the rules folder), not a rule file.
const maxFile = 4 << 20

// Entry is one row of a table.
type Entry struct {
	// ID is the first column.
	ID string
	// Forms is what the text may say, from the column "forms"; empty for
	// tables without that column.
	Forms []string
	// File and Line say where the row stands, for messages.
	File string
	Line int

	columns []string
	cells   []string
}

// Columns are the names of the cells, the id's first. The caller must not
// change them.
func (e *Entry) Columns() []string { return e.columns }

// Attr is the cell in the named column, empty when the table has none.
func (e *Entry) Attr(column string) string {
	if i := slices.Index(e.columns, column); i >= 0 && i < len(e.cells) {
		return e.cells[i]
	}
	return ""
}

// List is the cell in the named column, split at semicolons.
func (e *Entry) List(column string) []string { return split(e.Attr(column)) }

// split cuts a cell at semicolons and drops what is empty.
func split(cell string) []string {
	if cell == "" {
		return nil
	}
	var out []string
	for part := range strings.SplitSeq(cell, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// table says how one rule file looks.
type table struct {
	name    string   // file name without .csv; the name annotators ask for
	columns []string // exactly these, in this order; the first is the id
	// check returns what is wrong with a row, empty when nothing is.
	check func(e *Entry) string
}

func (t table) file() string { return t.name + ".csv" }

// tableFile reads one file of a table. All complaints are collected; the rows
// that can be read are returned.
func (t table) read(fsys fs.FS, prefix string, complaints *Complaints) []Entry {
	shown := path.Join(prefix, t.file())
	data, err := readBounded(fsys, t.file())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		complaints.add(shown, 1, "%v", err)
		return nil
	}
	if !utf8.Valid(data) {
		complaints.add(shown, 1, "not valid UTF-8: save the file as UTF-8")
		return nil
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comment = '#'
	r.FieldsPerRecord = -1
	r.ReuseRecord = false
	return t.rows(r, shown, complaints)
}

func (t table) rows(r *csv.Reader, shown string, complaints *Complaints) []Entry {
	var out []Entry
	forms := slices.Index(t.columns, "forms")
	for header := true; ; header = false {
		cells, err := r.Read()
		if err == io.EOF {
			return out
		}
		if err != nil {
			var bad *csv.ParseError
			line := 1
			if errors.As(err, &bad) {
				line, err = bad.Line, bad.Err
			}
			complaints.add(shown, line, "%v", err)
			return out
		}
		line, _ := r.FieldPos(0)
		if header {
			if !slices.Equal(cells, t.columns) {
				complaints.add(shown, line, "columns are %s; want %s", strings.Join(cells, ","), strings.Join(t.columns, ","))
				return out
			}
			continue
		}
		e := Entry{ID: strings.TrimSpace(cells[0]), File: shown, Line: line, columns: t.columns, cells: cells}
		if msg := t.shape(&e, forms); msg != "" {
			complaints.add(shown, line, "%s", msg)
			continue
		}
		out = append(out, e)
	}
}

// shape checks the outer form of a row and fills in its Forms.
func (t table) shape(e *Entry, forms int) string {
	if e.ID == "" {
		return "the first column (id) is empty"
	}
	if strings.HasPrefix(e.ID, "-") {
		return "" // a removal needs nothing but its id
	}
	if len(e.cells) != len(t.columns) {
		return fmt.Sprintf("%d cells; want %d: %s", len(e.cells), len(t.columns), strings.Join(t.columns, ","))
	}
	if forms >= 0 {
		if e.Forms = split(e.cells[forms]); len(e.Forms) == 0 {
			return "the column forms is empty; want what the text may say, separated by ;"
		}
	}
	if t.check != nil {
		return t.check(e)
	}
	return ""
}

// overlay lays the rows of one source over those before it.
func overlay(base, rows []Entry, complaints *Complaints) []Entry {
	at := make(map[string]int, len(base)+len(rows))
	for i := range base {
		at[base[i].ID] = i
	}
	own := map[string]bool{}
	gone := map[int]bool{}
	for _, e := range rows {
		id, removal := strings.CutPrefix(e.ID, "-")
		if own[id] {
			complaints.add(e.File, e.Line, "id %q stands twice in this file", id)
			continue
		}
		own[id] = true
		i, known := at[id]
		switch {
		case removal && !known:
			complaints.add(e.File, e.Line, "cannot remove %q: there is no such id", id)
		case removal:
			gone[i] = true
		case known:
			base[i] = e
		default:
			at[id] = len(base)
			base = append(base, e)
		}
	}
	if len(gone) == 0 {
		return base
	}
	kept := base[:0:0]
	for i, e := range base {
		if !gone[i] {
			kept = append(kept, e)
		}
	}
	return kept
}

func readBounded(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // reading only: nothing is lost when closing fails
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("larger than %d bytes; is this a rule file?", maxFile)
	}
	return data, nil
}
