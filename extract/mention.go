package extract

import (
	"slices"
	"strings"
)

// nameIndex finds the person that a word of the text may name.
type nameIndex struct {
	words []nameEntry
	// lengths[c] has the bit of each length that a word with first letter c
	// has: nearly all words of a text are told apart by it.
	lengths [26]uint64
}

// nameEntry is a folded word of a name.
type nameEntry struct {
	folded string
	person int // -1 when it is of several persons
}

// index makes x that of the words of the persons' names. A word of two letters
// names nobody.
func (x *nameIndex) index(persons []person) {
	*x = nameIndex{words: x.words[:0]}
	for k := range persons[:min(len(persons), maxPersons)] {
		for _, w := range persons[k].folded {
			if len(w) < 3 {
				continue
			}
			if i, ok := x.search(w); !ok {
				x.words = slices.Insert(x.words, i, nameEntry{w, k})
			} else if x.words[i].person != k {
				x.words[i].person = -1
			}
			if c := w[0] - 'a'; c < 26 {
				x.lengths[c] |= 1 << min(len(w), 63)
			}
		}
	}
}

func (x *nameIndex) search(w string) (int, bool) {
	return slices.BinarySearchFunc(x.words, w, func(e nameEntry, w string) int { return strings.Compare(e.folded, w) })
}

// find is the person that the folded word w names alone, -1 for none.
func (x *nameIndex) find(w string) int {
	if c := w[0] - 'a'; c < 26 && x.lengths[c]&(1<<min(len(w), 63)) == 0 {
		return -1
	}
	if i, ok := x.search(w); ok {
		return x.words[i].person
	}
	return -1
}

// laterMentions finds the parts of known names that stand alone, or a fuller
// name without the office: "kata Fadhil", "ujar Najamuddin Amy".
func (d *document) laterMentions() {
	if len(d.persons) == 0 {
		return
	}
	index := &d.names
	index.index(d.persons)
	for i := 0; i < len(d.toks); i++ {
		t := &d.toks[i]
		if !t.shape.capital() || d.owner[i] != free || t.end-t.start < 3 {
			continue
		}
		k := index.find(d.folded(i, i+1))
		if k < 0 || d.lineOf(i) == lineRelated || d.lineOf(i) == lineByline {
			continue
		}
		if to := d.laterMention(i, k); to > i {
			i = to - 1
		}
	}
}

// laterMention reads the name at token i when it is that of person k, and
// returns its end; i when it is another's.
func (d *document) laterMention(i, k int) int {
	p := &d.persons[k]
	n, ok := d.nameAt(i)
	if !ok || n.first != i {
		return i
	}
	name, words := d.nameText(n.first, n.last), d.nameWords(n.first, n.last)
	if !fitsName(p.folded, words) || d.formerBefore(i) {
		return i
	}
	if d.inHeadline(i) {
		name = "" // a headline names nobody more fully than the text
	}
	o := officialFinding{
		from: i, to: n.last, nameFrom: i, nameTo: n.last, position: p.position, region: p.region, person: k, rule: "official.name",
	}
	d.take(n.first, n.last, claimPerson)
	d.roles(&o)
	d.join(p, &o, name, words)
	d.mentions = append(d.mentions, o)
	return n.last
}

// maxKin is how far "Suami Zulva ini" reaches, in tokens.
const maxKin = 5

// kinMentions: "Suami Zulva ini", "Pria kelahiran Solo itu" at the head of a
// sentence is who was named last.
func (d *document) kinMentions() {
	var last lastNamed
	for i := d.nextWord(1, d.x.officials.kin); i < len(d.toks); i = d.nextWord(i+1, d.x.officials.kin) {
		if !d.opensSentence(i) || d.lineOf(i) == lineRelated {
			continue
		}
		for j := i + 1; j < i+maxKin && d.sameSentence(i, j); j++ {
			if !d.is(j, d.x.officials.that) {
				continue
			}
			if k := last.before(i, d); k >= 0 {
				d.persons[k].evidence = d.more(d.persons[k].evidence, d.evidence(i, j+1, "official.kin"))
			}
			break
		}
	}
}

// lastNamed follows who was mentioned last, forwards through the text.
type lastNamed struct {
	officials, mentions int // how many of each stand before
	person              int // counted from 1
	at                  int
}

// before is the person mentioned last before token i, -1 for none. It must not
// be asked for an earlier token than before.
func (l *lastNamed) before(i int, d *document) int {
	l.officials = l.follow(d.findings.officials, l.officials, i)
	l.mentions = l.follow(d.mentions, l.mentions, i)
	return l.person - 1
}

func (l *lastNamed) follow(all []officialFinding, next, i int) int {
	for ; next < len(all) && all[next].from < i; next++ {
		if o := &all[next]; o.person >= 0 && (l.person == 0 || o.from > l.at) {
			l.person, l.at = o.person+1, o.from
		}
	}
	return next
}
