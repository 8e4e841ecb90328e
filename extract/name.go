package extract

import "strings"

// maxName bounds a person's name, in words; the longest in use have ten.
const maxName = 10

// personName is a name read from the text.
type personName struct {
	from, to int      // with titles and degrees
	first    int      // the name proper
	last     int      // and its end, open
	titles   []string // honorifics and degrees, as written
}

// nameAt reads a person's name at token i: honorifics, capitalised words and
// initials, degrees. ok is false when there is none.
func (d *document) nameAt(i int) (n personName, ok bool) {
	n.from = i
	i = d.skipTitles(&n, i)
	n.first, n.last = i, i
	for words := 0; i < len(d.toks) && words < maxName && d.sameSentence(n.from, i) && d.owner[i] == free; {
		t := &d.toks[i]
		switch {
		case t.kind == word && t.shape != lower && (d.afterInitial(i) || !d.endsName(i, words)):
			words++
			i++
			n.last = i
		case t.ch == '.' && t.inner && !t.spaced && words > 0:
			i++
			if d.toks[i-2].end-d.toks[i-2].start == 1 || i < len(d.toks) && d.capital(i) && !d.endsName(i, words) {
				continue
			}
		default:
			words = maxName
		}
	}
	if n.last == n.first || d.notName(n.first, n.last) {
		return n, false
	}
	n.to = d.degrees(&n, n.last)
	return n, true
}

// afterInitial reports whether an initial stands before token i: what follows
// "Tarmizi H." is a name, whatever word it looks like.
func (d *document) afterInitial(i int) bool {
	return i > 1 && d.toks[i-1].inner && d.toks[i-2].end-d.toks[i-2].start == 1 && d.toks[i-2].shape == title
}

// skipTitles reads the honorifics before a name.
func (d *document) skipTitles(n *personName, i int) int {
	for {
		h, ok := d.longest(i, listHonorifics)
		if !ok || !d.sameSentence(n.from, i) || d.owner[i] != free {
			return i
		}
		next := int(h.to)
		if d.mark(next, '.') && !d.toks[next].spaced {
			next++
		}
		if !d.capital(next) && !d.mark(next, '(') {
			return i // "H" alone is an initial, "ibu" a word
		}
		n.titles = append(n.titles, d.slice(i, next))
		if i = next; d.mark(i, '(') {
			if close := d.closing(i); close > 0 {
				i = close + 1
			}
		}
	}
}

// endsName reports whether the word at i is no part of a name that has some
// words already.
func (d *document) endsName(i, words int) bool {
	if d.looksLikeVerb(i) {
		return true
	}
	for _, l := range [...]list{listNameStops, listPositions, listActing, listInstruments, listWeekdays, listAgencies, listOfficialCues, listBodies} {
		if h, ok := d.longest(i, l); ok && !(l == listAgencies && d.attr(h, "kind") == "words") {
			if l == listPositions && d.toks[i].shape == upper {
				continue
			}
			return true
		}
	}
	if words > 0 {
		if h, ok := d.longest(i, listDegrees); ok && int(h.to)-i >= 1 && d.degreeLike(i) {
			return true
		}
	}
	return false
}

// looksLikeVerb tells verbs in headlines from names by their endings and
// prefixes ("Kumpulkan", "Mengimbau"), and abbreviations of three letters and
// more from names.
func (d *document) looksLikeVerb(i int) bool {
	w := strings.ToLower(d.slice(i, i+1))
	if d.toks[i].shape == upper {
		return len(w) > 2 && i > 0 && !d.shoutingLine(i)
	}
	if len(w) > 6 {
		for _, p := range [...]string{"meng", "memb", "memp", "meny", "mend", "ment", "disa", "dita"} {
			if strings.HasPrefix(w, p) {
				return true
			}
		}
	}
	return len(w) > 6 && strings.HasSuffix(w, "kan")
}

// shoutingLine reports whether the words beside token i are in capitals too.
func (d *document) shoutingLine(i int) bool {
	for _, j := range [2]int{i - 1, i + 1} {
		if j >= 0 && j < len(d.toks) && d.toks[j].kind == word && d.toks[j].line == d.toks[i].line && d.toks[j].shape != upper {
			return false
		}
	}
	return true
}

// degreeLike tells the degree in "Lay SH" from the initials in "Daniel SP.
// Lumban": a name goes on behind initials.
func (d *document) degreeLike(i int) bool {
	j := i + 1
	for j < len(d.toks) && j < i+6 && (d.mark(j, '.') && d.toks[j].inner || d.toks[j].kind == word && !d.toks[j].spaced) {
		j++
	}
	if !d.capital(j) || !d.sameSentence(i, j) {
		return true
	}
	return d.endsName(j, 0) || d.isDegree(j)
}

func (d *document) isDegree(i int) bool {
	_, ok := d.longest(i, listDegrees)
	return ok
}

// degrees reads the degrees behind a name, with commas and dots, and returns
// the end of them.
func (d *document) degrees(n *personName, i int) int {
	end := i
	for i < len(d.toks) && d.sameSentence(n.from, i) {
		if d.mark(i, ',') || d.mark(i, '.') && !d.toks[i].spaced {
			i++
			continue
		}
		h, ok := d.longest(i, listDegrees)
		if !ok || d.toks[i].shape == lower {
			return end
		}
		i = int(h.to)
		if d.mark(i, '.') && d.toks[i].inner {
			i++
		}
		n.titles = append(n.titles, d.slice(int(h.from), i))
		end = i
	}
	return end
}

// notName reports words that are no name though they look like one: one
// abbreviation, the name of a region.
func (d *document) notName(from, to int) bool {
	if to-from == 1 && d.toks[from].shape == upper && d.toks[from].end-d.toks[from].start <= 5 {
		return true
	}
	if to-from == 1 && d.toks[from].end-d.toks[from].start < 3 {
		return true
	}
	h, ok := d.longest(from, listRegions)
	return ok && int(h.to) == to && d.owner[from] == claimRegion
}

// nameText is the name as records give it: single spaces.
func (d *document) nameText(from, to int) string {
	return strings.Join(strings.Fields(d.slice(from, to)), " ")
}
