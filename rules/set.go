package rules

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"pakta"
)

// formatVersion counts changes of what the tables mean to the program; the
// hash beside it changes with every change of the data.
const formatVersion = 1

//go:embed data/*.csv
var embedded embed.FS

// Set is the compiled rule data. It is immutable and safe for concurrent use.
type Set struct {
	version string
	tables  map[string][]Entry

	regions []pakta.Region
	byCode  map[string]int
	byName  map[string][]int // folded names and aliases, for FindRegions
	sectors []pakta.Sector
	laws    map[string]pakta.Law
	titles  map[string][]string // folded law title to ids
	// latestYear is that of the latest law.
	latestYear int
	lawYears   map[string][]string // "PP 2018" to ids, for near misses
}

// BuiltinFolder begins the File of what comes with the program; it is where
// the files stand in the project. Overlays' files have no such folder.
const BuiltinFolder = "rules/data"

func builtin() fs.FS {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // a bug: the folder is compiled in, and its name is valid
	}
	return sub
}

// Load reads the built-in data and lays the overlays over them in order. Its
// error is [Complaints] when a file is at fault; nothing is loaded then.
func Load(overlays ...fs.FS) (*Set, error) {
	s, complaints := build(builtin(), overlays)
	if len(complaints) > 0 {
		complaints.sort()
		return nil, complaints
	}
	s.version = fmt.Sprintf("%d+%s", formatVersion, s.hash())
	return s, nil
}

// build reads all tables, as far as their files allow.
func build(base fs.FS, overlays []fs.FS) (*Set, Complaints) {
	var complaints Complaints
	s := &Set{tables: make(map[string][]Entry, len(schema))}
	for _, t := range schema {
		rows := overlay(nil, t.read(base, BuiltinFolder, &complaints), &complaints)
		for i, o := range overlays {
			rows = overlay(rows, t.read(o, overlayName(i, len(overlays)), &complaints), &complaints)
		}
		slices.SortFunc(rows, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
		s.tables[t.name] = rows
	}
	for i, o := range overlays {
		checkStrangers(o, overlayName(i, len(overlays)), &complaints)
	}
	s.compile(&complaints)
	return s, complaints
}

// overlayName is how an overlay is called in messages: file names alone when
// there is one, which is the common case.
func overlayName(i, n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("overlay%d", i+1)
}

// checkStrangers complains of CSV files that no table reads: a misspelt name
// would otherwise be a rule that never works.
func checkStrangers(fsys fs.FS, prefix string, complaints *Complaints) {
	files, err := fs.Glob(fsys, "*.csv")
	if err != nil {
		complaints.add(prefix, 1, "%v", err)
		return
	}
	for _, f := range files {
		if !slices.ContainsFunc(schema, func(t table) bool { return t.file() == f }) {
			complaints.add(strings.TrimPrefix(prefix+"/"+f, "/"), 1, "no such table; want one of %s", tableNames())
		}
	}
}

func tableNames() string {
	names := make([]string, len(schema))
	for i, t := range schema {
		names[i] = t.file()
	}
	return strings.Join(names, ", ")
}

// Version identifies the data: "1+0a1b2c3d". Equal versions mean equal rules.
func (s *Set) Version() string { return s.version }

// Entries are the rows of a table, by id. The caller must not change them. An
// unknown name is a bug of the caller and panics.
func (s *Set) Entries(name string) []Entry {
	rows, ok := s.tables[name]
	if !ok {
		panic("rules: no table " + name)
	}
	return rows
}

// Tables are the names of all tables, in order.
func (s *Set) Tables() []string {
	names := make([]string, 0, len(schema))
	for _, t := range schema {
		names = append(names, t.name)
	}
	return names
}

// hash is over the rows in order of id, so that neither the order of lines
// nor comments change it.
func (s *Set) hash() string {
	h := sha256.New()
	var row []byte
	for _, t := range schema {
		h.Write(append(append(row[:0], t.name...), '\n'))
		for _, e := range s.tables[t.name] {
			row = row[:0]
			for _, cell := range e.cells {
				row = append(strconv.AppendQuote(row, cell), ' ')
			}
			h.Write(append(row, '\n'))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// compile builds the typed tables.
func (s *Set) compile(complaints *Complaints) {
	s.compileRegions(complaints)
	s.compileSectors(complaints)
	s.compileLaws(complaints)
}
