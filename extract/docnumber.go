package extract

import "pakta"

// maxDocNumber bounds the number of a document, in tokens:
// "100.3.7.1/12/KSB/2026" has 13.
const maxDocNumber = 30

// readDocumentNumbers finds the numbers of documents after "Nomor": runs of
// digits and letters with slashes and dots. They are no laws and no dates.
func (d *document) readDocumentNumbers() {
	for i := d.nextWord(0, d.x.laws.number); i < len(d.toks); i = d.nextWord(i+1, d.x.laws.number) {
		if d.owner[i] != free || d.lineOf(i) == lineRelated {
			continue
		}
		from := i + 1
		for d.mark(from, ':') || d.mark(from, '.') {
			from++
		}
		end, slashes := d.numberRun(from)
		if slashes == 0 || end == from || !d.take(from, end, claimNumber) {
			continue
		}
		d.numbers = append(d.numbers, numberFinding{from: from, to: end, value: d.slice(from, end), rule: "number.document"})
	}
}

// numberRun is the end of the run without spaces that begins at from, and how
// many slashes it has.
func (d *document) numberRun(from int) (end, slashes int) {
	for end = from; end < len(d.toks) && end-from < maxDocNumber && d.sameSentence(from, end); end++ {
		t := &d.toks[end]
		if end > from && t.spaced || t.kind == punct && t.ch != '/' && t.ch != '.' && t.ch != '-' && t.ch != '_' {
			break
		}
		if t.ch == '/' {
			slashes++
		}
	}
	for end > from && d.toks[end-1].kind == punct {
		end--
	}
	return end, slashes
}

// recordNumbers lists the numbers, each with all its mentions.
func (d *document) recordNumbers() []pakta.Number {
	out := []pakta.Number{}
	var known places
	for _, f := range d.numbers {
		e := d.evidence(f.from, f.to, f.rule)
		if i := known.find(f.value); i >= 0 {
			out[i].Evidence = d.more(out[i].Evidence, e)
			continue
		}
		known.keep(f.value, len(out))
		out = append(out, pakta.Number{Value: f.value, Evidence: d.one(e)})
	}
	return out
}
