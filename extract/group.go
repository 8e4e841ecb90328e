package extract

import "pakta"

// groupRules is what the reading of groups needs besides, compiled.
type groupRules struct {
	as         wordList // before what somebody is: selaku
	borders    wordList // words before "dengan" that bring in a neighbour: berbatasan
	represents wordList // words for one who acts for another
}

func newGroupRules(lex *lexicon) groupRules {
	return groupRules{
		as:         lex.words("deal.as"),
		borders:    lex.words("deal.borders"),
		represents: lex.words("deal.represents"),
	}
}

// group is neighbouring actors joined by small words: "Pemkab Batang Hari dan
// Pemkab Sarolangun". Together they do, or suffer, what the sentence says.
type group struct {
	from, to   int  // tokens
	first, end int  // its actors are deal.actors[first:end]
	prep       int  // the token of the word before it, when that is a small word; else -1
	aside      bool // witnesses, guests, places
	prior      bool // of an act before the one that is the news
	distinct   int  // different parties in it
}

// groups joins neighbouring ones of the actors [first, end).
func (d *document) groups(dl *deal, first, end int) []group {
	begin := len(dl.groups)
	for k := first; k < end; k++ {
		a := &dl.actors[k]
		if n := len(dl.groups); n > begin && d.joins(dl.groups[n-1].to, a.from) && !d.behindPrior(dl.groups[n-1].from) {
			g := &dl.groups[n-1]
			g.end, g.to = k+1, max(g.to, a.to)
			continue
		}
		dl.groups = append(dl.groups, group{from: a.from, to: a.to, first: k, end: k + 1, prep: d.prep(a.from)})
	}
	all := dl.groups[begin:]
	for i := range all {
		d.countGroup(dl, &all[i])
		if p := all[i].prep; p > 0 && d.isWith(p) && (d.is(p-1, d.x.deals.borders) || d.is(p-2, d.x.deals.borders)) {
			all[i].aside = true // "berbatasan langsung dengan Kabupaten X"
		}
	}
	return all
}

// countGroup counts the different parties of a group; one whose members all
// stand aside stands aside.
func (d *document) countGroup(dl *deal, g *group) {
	g.aside = true
	for k := g.first; k < g.end; k++ {
		if dl.actors[k].aside {
			continue
		}
		g.aside = false
		if v := &dl.votes[dl.party[k]]; v.counted <= g.first {
			v.counted = g.first + 1 // no other group begins with this actor
			if g.distinct++; d.collective(&dl.actors[k]) {
				g.distinct++ // "kabupaten/kota se-Sumsel" are several
			}
		}
	}
}

// maxJoin is how many tokens may stand between two actors of one group,
// outside brackets: ", Yohanes Lase, serta".
const maxJoin = 9

// joins reports whether the tokens [from, to) between two actors make them one
// group: marks of a list and small words, words for one who acts for the other, and
// names of persons that stand between commas.
func (d *document) joins(from, to int) bool {
	if h, ok := d.longest(from, listBodies); ok && d.typ(h) == string(pakta.ForeignGovernment) && int(h.to) <= to {
		from = int(h.to) // "Kota Hildesheim Jerman dan Kota Padang"
	}
	depth, outside, names := 0, 0, false
	for i := from; i < to; i++ {
		t := &d.toks[i]
		switch {
		case t.ch == '(':
			depth++
		case t.ch == ')':
			depth--
		case depth > 0:
			continue
		case t.ch == ',' || t.ch == ';' || t.ch == '-' || t.ch == '–' || t.ch == '/' || t.ch == '&' || t.ch == '.' && t.inner:
		case d.is(i, d.x.deals.joiners), d.is(i, d.x.deals.behalf), d.asSide(i), d.is(i, d.x.deals.represents), d.is(i, d.x.deals.relative) && d.is(i+1, d.x.deals.represents):
		case d.capital(i) && !d.stopsName(i):
			names = true
		default:
			return false
		}
		if outside++; outside > maxJoin || to-from > 3*maxJoin {
			return false
		}
	}
	return !names || d.mark(from, ',') && (d.mark(to-1, ',') || d.mark(to-1, ';') || d.is(to-1, d.x.deals.joiners))
}

// asSide reports whether token i belongs to "selaku pihak pertama".
func (d *document) asSide(i int) bool {
	p := &d.x.deals
	return d.is(i, p.as) && d.cue(i+1) == cuePihak || d.is(i, p.counts) && d.cue(i-1) == cuePihak
}

// prep is the token of the small word that stands before token i, -1 for none. Quotes, brackets and
// words for who acts on behalf ("dengan pihak manajemen PT ...") are skipped.
func (d *document) prep(i int) int {
	p := &d.x.deals
	found := -1
	for j, n := i-1, 0; j >= 0 && n < 5 && d.sameSentence(i, j); j, n = j-1, n+1 {
		if d.toks[j].kind == punct && d.toks[j].ch != ',' {
			continue
		}
		if d.is(j, p.from) && d.leadersFrom(j) {
			return d.beforeLeaders(j)
		}
		if !d.is(j, p.joiners) && !d.is(j, p.by) && !d.is(j, p.behalf) {
			return found
		}
		if !d.is(j, p.behalf) {
			return j
		}
		found = j
	}
	return found
}

// beforeLeaders is the small word before counted leaders that come from the
// regions named behind token i: "bersama sembilan kepala dinas dari".
func (d *document) beforeLeaders(i int) int {
	for j, n := i-1, 0; n < 8 && d.sameSentence(i, j); j, n = j-1, n+1 {
		if d.is(j, d.x.deals.with) || d.is(j, d.x.deals.agent) {
			return j
		}
	}
	return -1
}
