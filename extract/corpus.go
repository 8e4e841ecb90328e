package extract

import (
	"bufio"
	"embed"
	"errors"
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
// from in brackets; several values are separated by " | " and stand in the
// order of their brackets, which all have the same value when there is but one.
// Values that are read from the same words are joined by " + ". A sentence
// without brackets says what is read, not where. "none" means that nothing may
// be read.
//
// A value has parts, separated by "; ". Those left out at the end are not
// compared, "-" says that there is none:
//
//	date         2025-08-08 day
//	law          UU 10/2016 Pasal 166 ayat (1)
//	region       15.04
//	official     Ruslan Effendi; Bupati; 15.02; Pj      name; position; region; acting
//	sector       1.03
//	party        15.02, or Universitas Rekaan; university    region, or name; type
//	instrument   nota_kesepahaman
//	status       signed
//	signing      2025-08-08
//	venue        Aula Kantor Bupati Merangin; 15.02     name; region
//
// A sentence is read as an article of its own; "\n" in it is a line break, and
// a bracket of the text itself is written "[[" or "]]". "@" sets what the
// article says besides: published, region (the site's home), title, before and
// after (paragraphs around the sentence); without a value it is taken back.
// What is read outside a sentence with brackets, or with "none", does not count.
//
//go:embed corpus/*.txt
var builtinCorpus embed.FS

// corpusFolder is where the built-in files stand in the project, for messages.
const corpusFolder = "extract/corpus"

// Example is one sentence of a corpus file with what is to be read from it.
type Example struct {
	File  string
	Line  int
	Field string // file name without .txt: which field the example is about
	Art   pakta.Article
	Want  []Reading

	anywhere   bool // no brackets: only the values of Want count
	start, end int  // the sentence in the canonical text
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
	examples, err := Examples(sub)
	for i := range examples {
		examples[i].File = path.Join(corpusFolder, examples[i].File)
	}
	return examples, err
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
	var set setting
	var values []string
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		text := strings.TrimRight(sc.Text(), " \t\r")
		var err error
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case strings.HasPrefix(text, "@ "):
			err = set.read(text[2:])
		case strings.HasPrefix(text, "= "):
			values = nil
			if v := strings.TrimSpace(text[2:]); v != "none" {
				values = strings.Split(v, " | ")
			}
		default:
			ex := Example{File: file, Line: line, Field: field}
			if err = ex.mark(text, values, set); err == nil {
				all = append(all, ex)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read corpus %s: %w", file, err)
	}
	return all, nil
}

// setting is what the article of a sentence says besides the sentence.
type setting struct {
	art           pakta.Article // without text
	before, after string
}

// read takes a line "key value".
func (s *setting) read(line string) error {
	key, value, _ := strings.Cut(line, " ")
	value = strings.ReplaceAll(strings.TrimSpace(value), `\n`, "\n")
	var err error
	switch key {
	case "published":
		s.art.Published, err = pakta.ParseTime(value)
	case "region":
		s.art.Region = value
	case "title":
		s.art.Title = value
	case "before":
		s.before = value
	case "after":
		s.after = value
	default:
		err = fmt.Errorf("@ %s: want published, region, title, before or after", key)
	}
	return err
}

// mark takes the brackets out of a sentence, notes where they stood, and puts
// the sentence into its article.
func (ex *Example) mark(text string, values []string, set setting) error {
	ex.Art = set.art
	lead := ""
	if set.before != "" {
		lead = set.before + "\n\n"
	}
	ex.start = len(ex.Art.Title) + len("\n\n") + len(lead)
	sentence, spans, err := unbracket(strings.ReplaceAll(text, `\n`, "\n"), ex.start)
	if err != nil {
		return err
	}
	ex.end = ex.start + len(sentence)
	ex.Art.Text = lead + sentence
	if set.after != "" {
		ex.Art.Text += "\n\n" + set.after
	}
	if canonical := ex.Art.Canonical(); Normalize(&ex.Art).Canonical() != canonical {
		return errors.New("the text is not normalised (UTF-8, NFC, no control characters)")
	}
	return ex.join(values, spans)
}

// unbracket is text without its brackets, and what stood in them, counted
// from base on.
func unbracket(text string, base int) (plain string, spans []Reading, err error) {
	var b strings.Builder
	open := false
	for i := 0; i < len(text); i++ {
		double := i+1 < len(text) && text[i] == text[i+1]
		switch c := text[i]; {
		case (c == '[' || c == ']') && double:
			b.WriteByte(c)
			i++
		case c == '[' && open:
			return "", nil, errors.New("a bracket opens inside another")
		case c == '[':
			open = true
			spans = append(spans, Reading{Start: base + b.Len()})
		case c == ']' && !open:
			return "", nil, errors.New("a bracket closes that was not opened")
		case c == ']':
			open = false
			spans[len(spans)-1].End = base + b.Len()
		default:
			b.WriteByte(c)
		}
	}
	if open {
		return "", nil, errors.New("a bracket is not closed")
	}
	return b.String(), spans, nil
}

// join gives the brackets their values.
func (ex *Example) join(values []string, spans []Reading) error {
	if ex.anywhere = len(spans) == 0 && len(values) > 0; ex.anywhere {
		spans = make([]Reading, len(values))
	}
	if len(values) == 1 {
		values = slices.Repeat(values, len(spans))
	}
	if len(spans) != len(values) {
		return fmt.Errorf("%d values for %d brackets", len(values), len(spans))
	}
	for i, span := range spans {
		for value := range strings.SplitSeq(values[i], " + ") {
			ex.Want = append(ex.Want, Reading{value, span.Start, span.End})
		}
	}
	return nil
}
