package extract

import "iter"

// digits stands beside the lists in a listSet: a number.
const digits list = 63

// readHits finds the phrases of all lists in the tokens, and notes where they
// stand and what each sentence has.
func (d *document) readHits() {
	n := len(d.toks)
	d.hits, d.sents, d.lists = d.hits[:0], d.sents[:0], 0
	d.hitAt, d.listsAt, d.cues, d.listsTo = sized(d.hitAt, n+1), sized(d.listsAt, n), sized(d.cues, n), zeroed(d.listsTo, n+1)
	for i := range d.toks {
		t := &d.toks[i]
		if int(t.sent) >= len(d.sents) {
			d.sents = append(d.sents, sentence{first: int32(i)})
		}
		s := &d.sents[t.sent]
		d.hitAt[i], d.listsAt[i], d.cues[i] = int32(len(d.hits)), 0, cueNone
		if t.kind == number {
			d.listsAt[i] = 1 << digits
		} else if node := d.x.lex.root[t.known()]; node != 0 {
			d.phrasesAt(i, node)
		}
		s.lists |= d.listsAt[i]
		d.lists |= d.listsAt[i]
		s.cues |= 1 << d.cues[i]
		if t.grammar != 0 {
			s.words.add(&d.words[t.grammar])
		}
	}
	d.sents = append(d.sents, sentence{first: int32(n)})
	d.hitAt[n] = int32(len(d.hits))
}

// phrasesAt notes the phrases that open at token i, whose word leads to a node
// of the lexicon.
func (d *document) phrasesAt(i int, node int32) {
	begin := len(d.hits)
	d.hits = d.x.lex.follow(d.hits, d.toks, i, node)
	var lists listSet
	for k := begin; k < len(d.hits); k++ {
		h := &d.hits[k]
		lists |= 1 << h.list
		d.listsTo[h.to] |= 1 << h.list
		if h.list == listCues {
			d.cues[i] = d.x.deals.cues[h.entry] // the longest comes last
		}
	}
	d.listsAt[i] = lists
}

// opens reports whether a phrase of a list opens at token i.
func (d *document) opens(i int, l list) bool {
	return uint(i) < uint(len(d.listsAt)) && d.listsAt[i].has(l)
}

// opensAny reports whether a phrase of one of the lists opens at token i.
func (d *document) opensAny(i int, lists listSet) bool {
	return uint(i) < uint(len(d.listsAt)) && d.listsAt[i]&lists != 0
}

// next is the first token of [i, to) at which a phrase of one of the lists
// opens, to when there is none.
func (d *document) next(i, to int, lists listSet) int {
	for i < to && d.listsAt[i]&lists == 0 {
		i++
	}
	return i
}

// nextPhrase is next up to the end of the text: it passes over sentences
// without such a phrase.
func (d *document) nextPhrase(i int, lists listSet) int {
	if d.lists&lists == 0 {
		return len(d.toks)
	}
	for i < len(d.toks) {
		_, end := d.sentence(i)
		if d.sentenceOf(i).lists&lists != 0 {
			if i = d.next(i, end, lists); i < end {
				return i
			}
		}
		i = end
	}
	return i
}

// nextWord is the first word of a list from token i on; the number of tokens
// when there is none.
func (d *document) nextWord(i int, w wordList) int {
	for i < len(d.toks) {
		_, end := d.sentence(i)
		if d.sentenceOf(i).words.has(w) {
			for ; i < end; i++ {
				if d.is(i, w) {
					return i
				}
			}
		}
		i = end
	}
	return i
}

// hasWord reports whether a word of a list stands in the tokens [from, to) of
// one sentence.
func (d *document) hasWord(from, to int, w wordList) bool {
	if from >= to || !d.sentenceOf(from).words.has(w) {
		return false
	}
	for i := from; i < to; i++ {
		if d.is(i, w) {
			return true
		}
	}
	return false
}

// longest is the longest hit of a list that starts at token i.
func (d *document) longest(i int, l list) (hit, bool) {
	if !d.opens(i, l) {
		return hit{}, false
	}
	h := d.hitAt[i+1] - 1
	for d.hits[h].list != l {
		h--
	}
	return d.hits[h], true
}

// eachHit calls fn for the longest hit at each token where the list has one,
// in order; hits that lie inside an earlier one of the list are left out.
func (d *document) eachHit(l list, fn func(h hit)) {
	for i := d.nextPhrase(0, 1<<l); i < len(d.toks); {
		h, _ := d.longest(i, l)
		fn(h)
		i = d.nextPhrase(int(h.to), 1<<l)
	}
}

// allHits are all hits of a list, also those inside others.
func (d *document) allHits(l list) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for i := d.nextPhrase(0, 1<<l); i < len(d.toks); i = d.nextPhrase(i+1, 1<<l) {
			for _, h := range d.hits[d.hitAt[i]:d.hitAt[i+1]] {
				if h.list == l && !yield(h) {
					return
				}
			}
		}
	}
}
