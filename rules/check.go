package rules

import (
	"bytes"
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Check looks for everything that is wrong with the rules: what [Load]
// refuses, and what it loads though it cannot be meant. It returns nil when
// there is nothing.
func Check(overlays ...fs.FS) Complaints {
	s, complaints := build(builtin(), overlays)
	for _, t := range schema {
		complaints.addForms(s.tables[t.name])
	}
	complaints.addUnasked(s.tables["words"])
	for i, o := range overlays {
		complaints.addUncommented(o, overlayName(i, len(overlays)))
	}
	complaints.addUncommented(builtin(), BuiltinFolder)
	complaints.sort()
	return complaints
}

// addForms complains of forms that no text can hold, and of those that stand
// in two rows of a table: which row is meant when the words are found?
func (cs *Complaints) addForms(rows []Entry) {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, byPlace) // the later row is to blame
	first := map[string]*Entry{}
	for i := range rows {
		e := &rows[i]
		for _, form := range e.Forms {
			words := foldForm(form)
			switch other := first[words]; {
			case !matchable(words):
				cs.add(e.File, e.Line, "form %q can never be found: only words are, and no numerals", form)
			case other != nil && other != e:
				cs.add(e.File, e.Line, "form %q stands in %q too (%s:%d): one reading must win", form, other.ID, other.File, other.Line)
			default:
				first[words] = e
			}
		}
	}
}

// addUnasked complains of lists of words that overlays add: grammars ask for
// those that are there, by their ids, so that a new one has no effect.
func (cs *Complaints) addUnasked(rows []Entry) {
	known, _ := build(builtin(), nil)
	for _, e := range rows {
		if !slices.ContainsFunc(known.tables["words"], func(own Entry) bool { return own.ID == e.ID }) {
			cs.add(e.File, e.Line, "no grammar asks for the words %q; see the ids of words.csv in pakta rules show words", e.ID)
		}
	}
}

// byPlace orders rows as they were read: the program's before overlays'.
func byPlace(a, b Entry) int {
	source := func(e Entry) string {
		if strings.HasPrefix(e.File, BuiltinFolder) {
			return ""
		}
		return e.File
	}
	return cmp.Or(cmp.Compare(source(a), source(b)), cmp.Compare(a.Line, b.Line))
}

// foldForm is the words of a form in lower case, as texts are matched.
func foldForm(form string) string {
	form = strings.ToLower(strings.NewReplacer("'", "", "’", "", "‘", "", "`", "").Replace(form))
	words := strings.FieldsFunc(form, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}

// matchable reports whether folded words can be found in a text: there are
// some, and none is a numeral.
func matchable(words string) bool {
	for word := range strings.FieldsSeq(words) {
		if strings.IndexFunc(word, unicode.IsLetter) < 0 {
			return false
		}
	}
	return words != ""
}

// addUncommented complains of files that do not begin by saying what they
// hold and where it comes from.
func (cs *Complaints) addUncommented(fsys fs.FS, prefix string) {
	for _, t := range schema {
		data, err := readBounded(fsys, t.file())
		if err != nil {
			continue // an overlay need not have it; other errors are told by build
		}
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		if comment, ok := bytes.CutPrefix(data, []byte("#")); !ok || len(bytes.TrimSpace(firstLine(comment))) == 0 {
			cs.add(path.Join(prefix, t.file()), 1, "no comment at the top; want # and what the rows are, with their source")
		}
	}
}

func firstLine(b []byte) []byte {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return line
}
