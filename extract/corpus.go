package extract

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"pakta"
)

// The corpus is the examples of the annotators: corpus/date.txt has sentences
// for what date.go reads, and so on. A file is lines:
//
//	# a comment
//	@ published 2026-03-12T10:00:00+07:00
//	= 2025-08-08 day
//	SAROLANGUN - Penandatanganan berlangsung [Jum'at (8/8/2025)] di aula.
//	= none
//	UU Nomor 8 Tahun 2025 Pasal 8 ayat (8)
//
// "=" gives the value that the following sentences have, the words it is read
// from in brackets; several values and brackets are separated by " | " and
// stand in the order of the text. "none" means that nothing may be read. A
// sentence is read as an article of its own; "\n" in it is a line break, and a
// bracket of the text itself is written "[[" or "]]". "@" sets what the
// article says besides its text: published, region (the site's home), title.
//
//go:embed corpus/*.txt
var builtinCorpus embed.FS

// Example is one sentence of a corpus file with what is to be read from it.
type Example struct {
	File  string
	Line  int
	Field string // file name without .txt: which field the example is about
	Art   pakta.Article
	Want  []Reading
}

// Reading is a value and the words it was read from, bytes [Start, End) of the
// canonical text.
type Reading struct {
	Value      string
	Start, End int
}

// BuiltinExamples are the examples that come with the program.
func BuiltinExamples() ([]Example, error) {
	sub, err := fs.Sub(builtinCorpus, "corpus")
	if err != nil {
		return nil, err
	}
	return Examples(sub)
}

// Examples reads all *.txt corpus files of a folder.
func Examples(fsys fs.FS) ([]Example, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	var all []Example
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read corpus %s: %w", name, err)
		}
		examples, err := parseExamples(f, name)
		f.Close() // reading only: nothing is lost when closing fails
		if err != nil {
			return nil, err
		}
		all = append(all, examples...)
	}
	return all, nil
}

func parseExamples(r io.Reader, file string) ([]Example, error) {
	field := strings.TrimSuffix(path.Base(file), ".txt")
	if _, ok := corpusFields[field]; !ok {
		return nil, fmt.Errorf("%s: no field is called %q; want one of %s", file, field, strings.Join(CorpusFields(), ", "))
	}
	var all []Example
	var art pakta.Article
	var values []string
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		text := strings.TrimRight(sc.Text(), " \t\r")
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case strings.HasPrefix(text, "@ "):
			if err := setExample(&art, text[2:]); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, line, err)
			}
		case strings.HasPrefix(text, "= "):
			values = nil
			if v := strings.TrimSpace(text[2:]); v != "none" {
				values = strings.Split(v, " | ")
			}
		default:
			ex := Example{File: file, Line: line, Field: field, Art: art}
			if err := ex.mark(text, values); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, line, err)
			}
			all = append(all, ex)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read corpus %s: %w", file, err)
	}
	return all, nil
}

// setExample reads a line "@ key value".
func setExample(art *pakta.Article, line string) error {
	key, value, _ := strings.Cut(line, " ")
	var err error
	switch key {
	case "published":
		art.Published, err = pakta.ParseTime(value)
	case "region":
		art.Region = value
	case "title":
		art.Title = value
	default:
		err = fmt.Errorf("@ %s: want published, region or title", key)
	}
	return err
}

// mark takes the brackets out of a sentence and notes where they stood.
func (ex *Example) mark(text string, values []string) error {
	var b strings.Builder
	base := len(ex.Art.Title) + len("\n\n")
	text = strings.ReplaceAll(text, `\n`, "\n")
	for i := 0; i < len(text); i++ {
		double := i+1 < len(text) && text[i] == text[i+1]
		switch c := text[i]; {
		case (c == '[' || c == ']') && double:
			b.WriteByte(c)
			i++
		case c == '[':
			ex.Want = append(ex.Want, Reading{Start: base + b.Len()})
		case c == ']':
			if len(ex.Want) == 0 || ex.Want[len(ex.Want)-1].End != 0 {
				return fmt.Errorf("a bracket closes that was not opened")
			}
			ex.Want[len(ex.Want)-1].End = base + b.Len()
		default:
			b.WriteByte(c)
		}
	}
	ex.Art.Text = b.String()
	if len(ex.Want) != len(values) {
		return fmt.Errorf("%d values for %d brackets", len(values), len(ex.Want))
	}
	for i := range ex.Want {
		if ex.Want[i].End == 0 {
			return fmt.Errorf("a bracket is not closed")
		}
		ex.Want[i].Value = values[i]
	}
	return nil
}

// Check reads the example with x and says what differs from what is wanted;
// empty when nothing does. Missed, half read and read twice are told apart.
func (ex *Example) Check(x *Extractor) string {
	rec, _ := x.Explain(&ex.Art)
	got := corpusFields[ex.Field](rec)
	slices.SortFunc(got, func(a, b Reading) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Value, b.Value))
	})
	text := Normalize(&ex.Art).Canonical()
	show := func(r Reading) string { return fmt.Sprintf("%s [%s]", r.Value, text[r.Start:r.End]) }
	var problems []string
	for i, g := range got {
		switch {
		case i > 0 && g == got[i-1]:
			problems = append(problems, "read twice: "+show(g))
		case !slices.Contains(ex.Want, g):
			problems = append(problems, "not wanted: "+show(g))
		}
	}
	for _, w := range ex.Want {
		if !slices.Contains(got, w) {
			problems = append(problems, "missed: "+show(w))
		}
	}
	return strings.Join(problems, "; ")
}

// corpusFields are the readings of each field in a record.
var corpusFields = map[string]func(*pakta.Record) []Reading{
	"date": func(r *pakta.Record) []Reading {
		return readings(r.Dates, func(v pakta.Date) (string, []pakta.Evidence) {
			return v.Value + " " + string(v.Precision), v.Evidence
		})
	},
	"date_role": func(r *pakta.Record) []Reading {
		return readings(r.Dates, func(v pakta.Date) (string, []pakta.Evidence) {
			return v.Value + " " + string(v.Role), v.Evidence
		})
	},
	"law": func(r *pakta.Record) []Reading {
		return readings(r.LegalRefs, func(v pakta.LegalRef) (string, []pakta.Evidence) {
			return strings.TrimSpace(v.ID + " " + string(v.Pinpoint)), v.Evidence
		})
	},
	"number": func(r *pakta.Record) []Reading {
		return readings(r.Numbers, func(v pakta.Number) (string, []pakta.Evidence) { return v.Value, v.Evidence })
	},
	"region": func(r *pakta.Record) []Reading {
		return readings(r.Regions, func(v pakta.RegionMention) (string, []pakta.Evidence) { return v.Code, v.Evidence })
	},
	"official": func(r *pakta.Record) []Reading {
		return readings(r.Officials, func(v pakta.Official) (string, []pakta.Evidence) {
			name := cmp.Or(string(v.Name), "-")
			position := strings.TrimSpace(string(v.Acting) + " " + string(v.Position))
			return strings.Join([]string{name, position, cmp.Or(string(v.Region), "-")}, ", "), v.Evidence
		})
	},
	"instrument": func(r *pakta.Record) []Reading {
		return readings(r.Instruments, func(v pakta.Instrument) (string, []pakta.Evidence) { return string(v.Type), v.Evidence })
	},
	"status": func(r *pakta.Record) []Reading {
		return readings([]pakta.Status{r.Status}, func(v pakta.Status) (string, []pakta.Evidence) {
			return string(v), r.Evidence.Status
		})
	},
	"venue": func(r *pakta.Record) []Reading {
		if r.Venue == nil {
			return nil
		}
		return readings([]pakta.Venue{*r.Venue}, func(v pakta.Venue) (string, []pakta.Evidence) { return v.Name, v.Evidence })
	},
	"party": func(r *pakta.Record) []Reading {
		return readings(r.Parties, func(v pakta.Party) (string, []pakta.Evidence) {
			return cmp.Or(string(v.Region), string(v.Type)+" "+v.Name), v.Evidence
		})
	},
	"sector": func(r *pakta.Record) []Reading {
		return readings(r.Sectors, func(v pakta.SectorMention) (string, []pakta.Evidence) { return v.Code, v.Evidence })
	},
	"sector_other": func(r *pakta.Record) []Reading {
		return readings(r.SectorsOther, func(v pakta.OtherSector) (string, []pakta.Evidence) { return v.Text, v.Evidence })
	},
	"forum": func(r *pakta.Record) []Reading {
		return readings(r.Forums, func(v pakta.Forum) (string, []pakta.Evidence) { return v.Name, v.Evidence })
	},
	"quantity": func(r *pakta.Record) []Reading {
		var out []Reading
		if r.DurationMonths != nil {
			for _, e := range r.Evidence.DurationMonths {
				out = append(out, Reading{fmt.Sprintf("%d months", *r.DurationMonths), e.Start, e.End})
			}
		}
		if r.ValueIDR != nil {
			for _, e := range r.Evidence.ValueIDR {
				out = append(out, Reading{fmt.Sprintf("%d IDR", *r.ValueIDR), e.Start, e.End})
			}
		}
		return out
	},
}

// CorpusFields are the names that corpus files may have, sorted.
func CorpusFields() []string {
	names := make([]string, 0, len(corpusFields))
	for name := range corpusFields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func readings[T any](values []T, of func(T) (string, []pakta.Evidence)) []Reading {
	var out []Reading
	for _, v := range values {
		value, evidence := of(v)
		for _, e := range evidence {
			out = append(out, Reading{value, e.Start, e.End})
		}
	}
	return out
}
