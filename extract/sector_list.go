package extract

// listGoesOn reports whether a list that reaches token to goes on in the next
// sentence: it ended with a colon, items follow on lines of their own, or the
// next sentence opens with "Serta", "Ada pula bidang".
func (d *document) listGoesOn(to int) bool {
	if to >= len(d.toks) {
		return false
	}
	last := &d.toks[to-1]
	newLine := d.toks[to].line != last.line
	switch {
	case last.ch == ':' || last.ch == ';' || last.ch == ',' || d.itemMark(to):
		return true
	case d.is(to, d.x.sectors.goesOn):
		return d.termWithin(to, 6)
	case d.opensItemOf(to):
		return true
	case newLine && d.opensItem(to):
		return true
	}
	return newLine && !last.isStop() && d.shortLine(to)
}

// opensItemOf reports whether a term opens the sentence at token i and an item
// follows it: a full stop slipped into a list, "ketahanan pangan. Transportasi,
// dan penataan kawasan".
func (d *document) opensItemOf(i int) bool {
	h, ok := d.longest(i, listSectorTerms)
	return ok && d.term(h).use != useItem && d.mark(int(h.to), ',') && (d.is(int(h.to)+1, d.x.sectors.joins) || d.termWithin(int(h.to)+1, 2))
}

// itemMark reports whether the number of an item, alone in its sentence, ends
// at token i: the "1." of "1. Pendidikan".
func (d *document) itemMark(i int) bool {
	return i >= 2 && d.mark(i-1, '.') && d.opensItem(i-2) && (i == 2 || d.toks[i-3].line != d.toks[i-2].line)
}

// termIn reports whether a term of the table opens in the tokens [from, to).
func (d *document) termIn(from, to int) bool {
	return d.next(from, to, 1<<listSectorTerms) < to
}

// termWithin reports whether a term of the table, or a word like "bidang",
// opens in the n tokens from i.
func (d *document) termWithin(i, n int) bool {
	for j := i; j < i+n && d.sameSentence(i, j); j++ {
		if d.opens(j, listSectorTerms) || d.cue(j) == cueScopeNoun {
			return true
		}
	}
	return false
}

// opensItem reports whether an item of a list opens at i: "1.", "a)", a bullet.
func (d *document) opensItem(i int) bool {
	t := &d.toks[i]
	if t.ch == '-' || t.ch == '–' || t.ch == '•' || t.ch == '*' {
		return true
	}
	return (t.kind == number || t.kind == word) && t.end-t.start <= 2 && (d.mark(i+1, '.') || d.mark(i+1, ')'))
}

// shortLine reports whether the line that begins at i is short, as an item of
// a list is, or opens with a bullet.
func (d *document) shortLine(i int) bool {
	if d.opensItem(i) {
		return true
	}
	return d.lineWithin(i, maxItem)
}

// maxItem is how long an item on a line of its own may be, in tokens.
const maxItem = 12

// maxBetween is how many sentences may stand between "Pertama, ..." and
// "Kedua, ...": each item is told at some length.
const maxBetween = 3

// counts says how many sentences the next item may be away, 0 when no items are
// counted: "Pertama" begins where the scope is spoken of, the others follow it.
func (d *document) counts(from, left int, known bool) int {
	switch {
	case left > 0 && d.opensOrdinal(from), known && d.opensFirst(from):
		return maxBetween
	case left > 0:
		return left - 1
	}
	return 0
}

// opensFirst reports whether the sentence at token i opens with "Pertama".
func (d *document) opensFirst(i int) bool {
	return d.is(i, d.x.sectors.first) || d.toks[i].kind == punct && d.is(i+1, d.x.sectors.first)
}

// opensOrdinal reports whether the sentence at token i opens with the number of
// a later item: "Ketiga, pendidikan", but not "Kedua daerah".
func (d *document) opensOrdinal(i int) bool {
	if d.toks[i].kind == punct {
		i++
	}
	if d.is(i, d.x.sectors.ordinals) {
		return true
	}
	return d.is(i, d.x.sectors.seconds) && (d.mark(i+1, ',') || d.opens(i+1, listSectorTerms) || d.opensList(i+1))
}

// countedColon is the colon behind "tiga pekerjaan besar" when a list of
// sectors follows it; -1 when there is none.
func (d *document) countedColon(s scopeSentence) int {
	if !d.sentenceOf(s.from).lists.has(listSectorTerms) {
		return -1
	}
	for i := s.from + 1; i < s.to; i++ {
		if !d.mark(i, ':') {
			continue
		}
		for j := max(i-headTokens, s.from); j < i; j++ {
			if (d.listsAt[j].has(listNumberWords) || d.toks[j].kind == number) && d.listAfter(i, s.to) {
				return i
			}
		}
	}
	return -1
}

// countsItems reports whether the tokens [from, i) count the items of a scope:
// "ada tiga hal yang menjadi perhatian".
func (d *document) countsItems(from, i int) bool {
	for j := max(i-maxGap, from); j < i-1; j++ {
		if (d.listsAt[j].has(listNumberWords) || d.toks[j].kind == number) && d.is(j+1, d.x.sectors.countables) {
			return true
		}
	}
	return false
}

// minRun is how many sectors in a row are a scope by themselves.
const minRun = 3

// longRun is where a run of sectors begins that is long enough to be a scope
// whatever the sentence says, unless it tells what a region is rich in; -1
// when there is none.
func (d *document) longRun(s scopeSentence) int {
	n, first, last := 0, -1, -1
	for i := d.next(s.from, s.to, 1<<listSectorTerms); i < s.to && n < minRun; i = d.next(i+1, s.to, 1<<listSectorTerms) {
		h, _ := d.longest(i, listSectorTerms)
		if d.owner[i] != free || d.term(h).use == useWeak || d.inOffice(i) {
			n = 0
			continue
		}
		if n == 0 || i-last > maxRunGap || !d.joined(last, i) {
			n, first = 0, i
		}
		last = int(h.to)
		if len(d.term(h).sectors) > 0 {
			n++ // what is of no sector goes on with the run, and makes none
		}
		i = last - 1
	}
	if words := &d.sentenceOf(s.from).words; n < minRun || d.hasWord(max(first-maxReason, s.from), first, d.x.sectors.aligned) || words.has(d.x.sectors.riches) && !words.has(d.x.sectors.mutual) {
		return -1
	}
	return first
}

// maxRunGap is how many tokens may stand between two sectors of a run: ", serta
// pengembangan".
const maxRunGap = 4

// joined reports whether a comma or "dan" stands in the tokens [from, to).
func (d *document) joined(from, to int) bool {
	for i := from; i < to; i++ {
		if d.itemJoin(i) {
			return true
		}
	}
	return false
}

// maxList is how far behind a word for the scope its list may begin and have
// two items, in tokens.
const maxList = 80

// listAfter reports whether the words [from, to) look like a list of sectors:
// two terms or more, not too far on.
func (d *document) listAfter(from, to int) bool {
	n := 0
	for i := from; i < min(to, from+maxList); i++ {
		if h, ok := d.longest(i, listSectorTerms); ok && d.term(h).use.lists() {
			if n++; n >= 2 {
				return true
			}
			i = int(h.to) - 1
		}
	}
	return false
}
