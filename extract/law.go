package extract

import (
	"fmt"
	"strconv"
	"strings"

	"pakta"
	"pakta/rules"
)

// lawRules is what the reading of laws needs, compiled.
type lawRules struct {
	number, year, about, and, pinpoints, between wordList
	that                                         wordList
	change                                       wordList // what ends a title before the law that changes it
}

func newLawRules(lex *lexicon) lawRules {
	return lawRules{
		number:    lex.words("law.number"),
		year:      lex.words("law.year"),
		about:     lex.words("law.about"),
		and:       lex.words("law.and"),
		pinpoints: lex.words("law.pinpoints"),
		between:   lex.words("law.between"),
		change:    lex.words("law.change"),
		that:      lex.words("law.that"),
	}
}

const (
	// maxLawGap is how many words may stand between type and number:
	// "Undang-Undang Kejaksaan Republik Indonesia Nomor 11".
	maxLawGap = 6
	// maxTitleGap is how many words a title between type and number has.
	maxTitleGap = 14
	// firstLawYear and lastLawYear bound the years of laws: those of the republic.
	firstLawYear, lastLawYear = 1945, 2100
	// maxLawTitle bounds the words of a title that are claimed with it.
	maxLawTitle = 40
)

// readLaws finds citations: "Undang-Undang Nomor 23 Tahun 2014", "UU 23/2014",
// "Pasal 12 ayat (1) PP 28/2018", lists that name the type once, and names
// that stand for a law ("UU Pemda").
func (d *document) readLaws() {
	d.eachHit(listLawTypes, func(h hit) {
		from, to := int(h.from), int(h.to)
		if d.lineOf(from) == lineRelated || !d.unclaimed(from, to) || d.is(from, d.x.laws.year) {
			return
		}
		typ := d.id(h)
		if d.toks[from].shape == lower && to == from+1 && len(typ) <= 3 {
			return // "pp", "uu" in lower case are seldom laws; the long forms are
		}
		if !d.readCitations(typ, from, to) {
			d.readLawName(h)
		}
	})
}

// readCitations reads the numbers after a type at [from, to).
func (d *document) readCitations(typ string, from, to int) bool {
	i := d.lawGap(to)
	found := false
	for i >= 0 {
		number, year, end := d.lawNumber(i)
		if end < 0 {
			break
		}
		found = true
		start := from
		if end > 0 && from < to && len(d.laws) > 0 && d.laws[len(d.laws)-1].from == from {
			start = i // a further number of a list
		}
		end = d.addLaw(typ, number, year, start, end)
		i = d.nextInLawList(end)
	}
	return found
}

// lawGap is where the number of a law begins after its type, -1 when none
// does: after a few words, a bracket, or the title of the law.
func (d *document) lawGap(i int) int {
	limit := maxLawGap
	if d.is(i, d.x.laws.about) {
		i, limit = i+1, maxTitleGap // "UU tentang Pemerintahan Daerah Nomor 23 Tahun 2014"
	}
	for n := 0; n <= limit && d.sameSentence(i, i-1); n++ {
		t := &d.toks[i]
		if d.is(i, d.x.laws.number) || t.kind == number && limit == maxLawGap {
			return i
		}
		if t.kind == punct && t.ch != '(' && t.ch != ')' && !t.inner || d.is(i, d.x.laws.about) || limit > maxLawGap && d.opens(i, listLawTypes) {
			return -1
		}
		i++
	}
	return -1
}

// lawNumber reads "[Nomor] 23 Tahun 2014", "23/2014" or "2014 Nomor 23" at i;
// end is -1 when there is none.
func (d *document) lawNumber(i int) (num string, year, end int) {
	if d.width(i) == 4 && (d.is(i+1, d.x.laws.number) || d.mark(i+1, ',') && d.is(i+2, d.x.laws.number)) {
		return d.numberAfterYear(i)
	}
	if d.is(i, d.x.laws.number) {
		i++
		for d.mark(i, '.') || d.mark(i, ':') {
			i++
		}
	}
	if num, year, end = d.filedNumber(i); end > 0 {
		return num, year, end
	}
	if i >= len(d.toks) || d.toks[i].kind != number || d.toks[i].end-d.toks[i].start > 4 {
		return "", 0, -1
	}
	if num = strings.TrimLeft(d.slice(i, i+1), "0"); num == "" { // "Nomor 02"
		return "", 0, -1
	}
	i++
	if i < len(d.toks) && d.toks[i].kind == word && d.toks[i].end-d.toks[i].start == 1 && !d.toks[i].spaced {
		num += strings.ToUpper(d.slice(i, i+1)) // "13A"
		i++
	}
	if d.mark(i, ',') && d.is(i+1, d.x.laws.year) {
		i++
	}
	switch {
	case d.is(i, d.x.laws.year):
		if i++; d.mark(i, '.') {
			i++ // "Th. 2014"
		}
	case d.mark(i, '/'):
		i++
	default:
		return "", 0, -1
	}
	if i >= len(d.toks) || d.toks[i].kind != number || d.toks[i].end-d.toks[i].start != 4 {
		return "", 0, -1
	}
	year, err := strconv.Atoi(d.slice(i, i+1))
	if err != nil || year < firstLawYear || year > lastLawYear {
		return "", 0, -1
	}
	return num, year, i + 1
}

// filedNumber reads the number of a ministry's file at i: "228/PMK.03/2017", of
// which the first part and the year count, and "100.2.1.3-1287 Tahun 2024". The
// end is -1 when there is none.
func (d *document) filedNumber(i int) (num string, year, end int) {
	run, slashes := d.numberRun(i)
	if run < i+3 || d.toks[i].kind != number {
		return "", 0, -1
	}
	last := run - 1
	switch {
	case slashes == 2 && d.mark(i+1, '/') && d.mark(last-1, '/') && d.width(i) <= 4 && d.toks[i+2].kind == word:
		num, end = strings.TrimLeft(d.slice(i, i+1), "0"), run
	case slashes == 0 && d.width(i) == 3 && d.mark(i+1, '.') && d.is(run, d.x.laws.year):
		num, last, end = d.slice(i, run), run+1, run+2
	default:
		return "", 0, -1
	}
	year = d.int(last)
	if num == "" || d.width(last) != 4 || year < firstLawYear || year > lastLawYear {
		return "", 0, -1
	}
	return num, year, end
}

// numberAfterYear reads "2014 Nomor 23" at i; end is -1 when it is none.
func (d *document) numberAfterYear(i int) (num string, year, end int) {
	year = d.int(i)
	j := i + 1
	for d.mark(j, ',') || d.is(j, d.x.laws.number) || d.mark(j, '.') || d.mark(j, ':') {
		j++
	}
	if w := d.width(j); w == 0 || w > 4 || year < firstLawYear || year > lastLawYear || d.is(j+1, d.x.laws.year) {
		return "", 0, -1
	}
	if num = strings.TrimLeft(d.slice(j, j+1), "0"); num == "" {
		return "", 0, -1
	}
	return num, year, j + 1
}

// addLaw notes a citation at [from, end) and claims it with its pinpoint and
// title. It returns the end of all that.
func (d *document) addLaw(typ, num string, year, from, end int) int {
	pin := d.pinpointBefore(from)
	pinText := strings.TrimSpace(d.slice(pin, from))
	after := d.pinpointAfter(end)
	if pinText == "" && after > end {
		pinText = d.slice(end, after)
		end = after
	}
	e := d.evidence(min(pin, from), end, "law.citation")
	id := rules.LawID(typ, num, year)
	ref := pakta.LegalRef{ID: id, Type: typ, Number: num, Year: year, Pinpoint: pakta.Maybe(strings.Trim(pinText, " ,")), Evidence: d.one(e)}
	title := d.lawTitle(end)
	if law, ok := d.x.set.Law(id); ok {
		ref.Known, ref.Title = true, pakta.Maybe(law.Title)
	} else {
		if title > end+1 {
			ref.Title = pakta.Maybe(d.slice(end+1, title))
		}
		if near := d.x.set.LawsNear(typ, year); len(near) > 0 && len(near) <= 12 {
			d.warnings = append(d.warnings, pakta.Warning{
				Code: "law_unknown", Message: fmt.Sprintf("%s is not in the table of laws; of that year it has %s", id, strings.Join(near, ", ")),
				Evidence: d.one(e),
			})
		}
	}
	d.take(min(pin, from), title, claimLaw)
	d.laws = append(d.laws, lawFinding{from: from, to: end, ref: ref})
	return title
}

// pinpointBefore is where "Pasal 12 ayat (1)" before a citation begins.
func (d *document) pinpointBefore(from int) int {
	begin := from
	for i, n := from-1, 0; n < 14 && d.sameSentence(i, from); i, n = i-1, n+1 {
		t := &d.toks[i]
		switch {
		case d.is(i, d.x.laws.pinpoints):
			begin = i
		case t.kind == number, t.ch == '(', t.ch == ')', t.ch == ',', d.is(i, d.x.laws.and), t.kind == word && t.end-t.start == 1:
		default:
			return begin
		}
	}
	return begin
}

// pinpointAfter is where "Pasal 12 ayat (1) huruf b" behind a citation ends.
func (d *document) pinpointAfter(end int) int {
	i := end
	if d.mark(i, ',') {
		i++
	}
	if !d.is(i, d.x.laws.pinpoints) || !d.sameSentence(i, end-1) {
		return end
	}
	last := end
	for n := 0; n < 16 && d.sameSentence(i, end-1); i, n = i+1, n+1 {
		t := &d.toks[i]
		switch {
		case d.is(i, d.x.laws.pinpoints) || t.ch == '(':
		case t.kind == number, t.ch == ')', t.kind == word && t.end-t.start == 1 && t.shape == lower:
			last = i + 1
		case d.is(i, d.x.laws.and) || t.ch == ',':
		default:
			return last
		}
	}
	return last
}

// lawTitle is the end of "tentang ..." behind a citation: as far as the words
// run without a mark, a conjunction before another citation, or an act.
func (d *document) lawTitle(end int) int {
	if !d.is(end, d.x.laws.about) || !d.sameSentence(end, end-1) {
		return end
	}
	i := end + 1
	for n := 0; n < maxLawTitle && d.sameSentence(i, end); i, n = i+1, n+1 {
		if t := &d.toks[i]; t.kind == punct && t.ch != '-' || d.is(i, d.x.laws.change) {
			break
		}
		if d.is(i, d.x.laws.and) {
			if d.opens(i+1, listLawTypes) || d.is(i+1, d.x.laws.number) {
				break
			}
		}
		if d.toks[i].shape == lower && d.toks[i-1].shape != lower && n > 1 && !d.is(i, d.x.laws.and) && !d.is(i, d.x.deals.joiners) {
			break // a title in capitals ends where small words go on
		}
	}
	return i
}

// nextInLawList is where the next number of "PP Nomor 28 Tahun 2018 dan 12
// Tahun 2019" begins, -1 when the list ends.
func (d *document) nextInLawList(i int) int {
	if !d.sameSentence(i, i-1) {
		return -1
	}
	for d.mark(i, ',') || d.is(i, d.x.laws.and) {
		i++
	}
	if i < len(d.toks) && (d.is(i, d.x.laws.number) || d.toks[i].kind == number) && d.sameSentence(i, i-1) {
		return i
	}
	return -1
}

// readLawName reads references without a number: "UU Pemda", and "UU
// tersebut", which goes to the nearest law of the type before it.
func (d *document) readLawName(h hit) {
	if n, ok := d.longest(int(h.from), listLawNames); ok {
		law, _ := d.x.set.Law(d.attr(n, "law")) // an unknown one has the zero fields
		e := d.evidence(int(n.from), int(n.to), "law.name")
		d.laws = append(d.laws, lawFinding{from: int(n.from), to: int(n.to), ref: pakta.LegalRef{
			ID: d.attr(n, "law"), Type: law.Type, Number: law.Number, Year: law.Year, Title: pakta.Maybe(law.Title), Known: law.Year > 0, Evidence: d.one(e),
		}})
		d.take(int(n.from), int(n.to), claimLaw)
		return
	}
	if !d.is(int(h.to), d.x.laws.that) {
		return
	}
	for i := len(d.laws) - 1; i >= 0; i-- {
		if d.laws[i].ref.Type == d.id(h) {
			ref := d.laws[i].ref
			ref.Pinpoint = ""
			ref.Evidence = d.one(d.evidence(int(h.from), int(h.to)+1, "law.that"))
			d.laws = append(d.laws, lawFinding{from: int(h.from), to: int(h.to) + 1, ref: ref})
			d.take(int(h.from), int(h.to)+1, claimLaw)
			return
		}
	}
}

// recordLaws lists the laws, each with all citations; different pinpoints of
// one law are values of their own, but one without a pinpoint is part of any.
func (d *document) recordLaws() []pakta.LegalRef {
	out := []pakta.LegalRef{}
	var laws, pinpoints places // the first value of a law, and that of a pinpoint of it
	for _, f := range d.laws {
		pin := f.ref.ID + " " + string(f.ref.Pinpoint)
		i := laws.find(f.ref.ID)
		if i >= 0 && f.ref.Pinpoint != "" && out[i].Pinpoint != "" {
			i = pinpoints.find(pin)
		}
		if i >= 0 {
			if out[i].Pinpoint == "" && f.ref.Pinpoint != "" {
				out[i].Pinpoint = f.ref.Pinpoint
				pinpoints.keep(pin, i)
			}
			out[i].Evidence = d.more(out[i].Evidence, f.ref.Evidence[0])
			continue
		}
		if laws.find(f.ref.ID) < 0 {
			laws.keep(f.ref.ID, len(out))
		}
		if f.ref.Pinpoint != "" {
			pinpoints.keep(pin, len(out))
		}
		out = append(out, f.ref)
	}
	return out
}
