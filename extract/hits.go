package extract

import "iter"

// Marks that stand beside the lists in a listSet.
const (
	quotes   list = 61 // a quotation mark
	brackets list = 62 // an opening bracket
	digits   list = 63 // a number
)

// readHits finds the phrases of all lists in the tokens, and notes where they
// stand and what each sentence has.
func (d *document) readHits() {
	n := len(d.toks)
	d.hits, d.sents, d.lists, d.lastHit = zeroed(d.hits, int(lists)), d.sents[:0], 0, listHeads
	d.hitAt, d.listsAt, d.cues, d.listsTo = sized(d.hitAt, n+1), zeroed(d.listsAt, n), zeroed(d.cues, n), zeroed(d.listsTo, n+1)
	for i := 0; i < n; {
		s := sentence{first: int32(i)}
		for sent := d.toks[i].sent; i < n && d.toks[i].sent == sent; i++ {
			d.readToken(i)
			s.lists |= d.listsAt[i]
			s.cues |= 1 << d.cues[i]
			if g := d.toks[i].grammar; g != 0 {
				s.words.add(&d.words[g])
			}
		}
		d.lists |= s.lists
		d.sents = append(d.sents, s)
	}
	d.sents = append(d.sents, sentence{first: int32(n)})
	d.hitAt[n] = int32(len(d.hits))
}

// readToken notes what opens at token i.
func (d *document) readToken(i int) {
	d.hitAt[i] = int32(len(d.hits))
	switch t := &d.toks[i]; t.kind {
	case word:
		if t.node != 0 {
			d.phrasesAt(i, t.node)
		}
	case number:
		d.listsAt[i] = 1 << digits
	case punct:
		switch t.ch {
		case '(', '[':
			d.listsAt[i] = 1 << brackets
		case '"':
			d.listsAt[i] = 1 << quotes
		}
	}
}

// phrasesAt notes the phrases that open at token i, whose word leads to a node
// of the lexicon: shorter ones first.
func (d *document) phrasesAt(i int, node int32) {
	lex := d.x.lex
	for j := i + 1; node != 0; {
		n := &lex.nodes[node]
		if n.phrase.list != lists {
			d.addHit(i, j, n.phrase)
			for _, o := range lex.outs[n.out : n.out+n.more] {
				d.addHit(i, j, o)
			}
		}
		node, j = lex.step(n, d.toks, j)
	}
}

// addHit notes a phrase that stands in tokens [i, j), the last of its list.
func (d *document) addHit(i, j int, o out) {
	k := int32(len(d.hits))
	d.listsAt[i] |= 1 << o.list
	d.listsTo[j] |= 1 << o.list
	d.hits[d.lastHit[o.list]].next = k
	d.lastHit[o.list] = k
	d.hits = append(d.hits, hit{from: int32(i), to: int32(j), entry: o.entry, list: o.list})
	if o.list == listCues {
		d.cues[i] = d.x.deals.cues[o.entry] // the longest comes last
	}
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
	end := int32(0)
	for k := d.hits[l].next; k != 0; k = d.hits[k].next {
		h := d.hits[k]
		if h.from < end || h.next != 0 && d.hits[h.next].from == h.from {
			continue
		}
		end = h.to
		fn(h)
	}
}

// inOrder reports whether n findings stand in the order of the text, as they
// nearly always do: sorting compares copies of them.
func inOrder(n int, place func(i int) int) bool {
	for i := 1; i < n; i++ {
		if place(i) < place(i-1) {
			return false
		}
	}
	return true
}

// allHits are all hits of a list, also those inside others.
func (d *document) allHits(l list) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for k := d.hits[l].next; k != 0; k = d.hits[k].next {
			if !yield(d.hits[k]) {
				return
			}
		}
	}
}
