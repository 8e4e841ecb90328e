package extract

import (
	"math"
	"slices"

	"pakta"
)

// relevanceRules is what the reading of relevance needs besides, compiled.
type relevanceRules struct {
	always  wordList // before an act that goes on all the time
	chances wordList // words for what may come of it
	holds   wordList // verbs of holding an event
	talks   wordList // words for talks about a paper
}

func newRelevanceRules(lex *lexicon) relevanceRules {
	return relevanceRules{
		always:  lex.words("deal.always"),
		chances: lex.words("deal.chances"),
		holds:   lex.words("deal.holds"),
		talks:   lex.words("deal.talks"),
	}
}

// agreementScore is the least score of a report of an agreement.
const agreementScore = 0.5

// reasons is the most that one record can have.
const reasons = 12

// decide says whether the article reports an agreement, and how sure that is.
// The score is a logistic of signs for and against; reasons are their ids.
func (d *document) decide(rec *pakta.Record, dl *deal) {
	rec.Reasons = make([]string, 0, reasons)
	sum := -3.0
	add := func(yes bool, weight float64, reason string) {
		if yes {
			sum += weight
			rec.Reasons = append(rec.Reasons, reason)
		}
	}
	regions, others, acting := d.countParties(dl)
	named, generic := d.countInstruments(dl)
	signs, acts, only := d.countActs(dl)
	if regions == 1 && others == 0 {
		if dl.other = d.counterpartOf(dl, named+signs > 0); !dl.other.found {
			dl.other = d.forumOf(dl)
		}
		if dl.other.found {
			others++
		}
	}
	against := float64(dl.negative)
	if named == 0 || signs == 0 || regions+others < 2 {
		against += float64(dl.topical)
	}
	add(regions > 0, 1, "relevance.region_party")
	add(regions > 1, 2, "relevance.two_regions")
	add(regions > 0 && others > 0, 2, "relevance.region_and_body")
	add(named > 0, 1.2, "relevance.instrument")
	add(generic > 0, 0.6, "relevance.cooperation")
	add(signs > 0, 0.8, "relevance.signing")
	add(acts > 0, 0.4, "relevance.agreeing")
	add(named == 0 && (generic == 0 && (signs == 0 || regions < 2) || signs == 0 && only), -1.5, "relevance.only_working_together")
	add(named == 0 && signs == 0 && (only && regions > 1 && others > 0 || d.holdsEvent(dl)), -1.7, "relevance.common_event")
	add(regions == 0, -4, "relevance.no_region_party")
	add(regions == 1 && !acting && others > 1, -3, "relevance.region_as_place")
	add(regions+others < 2, -3, "relevance.one_party")
	add(dl.boundary > 0 && !d.cooperates(dl), -8, "relevance.boundary")
	add(against > 0, -0.8*math.Min(against, 5), "relevance.other_business")
	score := 1 / (1 + math.Exp(-sum))
	rec.Score = math.Round(score*100) / 100
	rec.Agreement = score >= agreementScore
}

// countParties counts the regional and other parties of a deal. Acting: a region
// is named as a government, by its head or an agency: "Kota Palembang" beside two
// firms may only be where they do business. Beside a place abroad it is none.
func (d *document) countParties(dl *deal) (regions, others int, acting bool) {
	for _, n := range dl.order {
		v := &dl.votes[n]
		if !v.party {
			continue
		}
		if a := v.mentions[0]; a.region != "" || d.bodies[a.body].typ == pakta.RegionalGovernment {
			if regions++; a.region == "" {
				regions++ // several, named together
			}
			acting = acting || v.exact || a.region == ""
		} else {
			others++
			acting = acting || a.body >= 0 && d.bodies[a.body].typ == pakta.ForeignGovernment
		}
	}
	return regions, others, acting
}

// countActs counts the acts of signing and all others. Only: they tell no more
// than that sides work together, which an operation of police and town is too, or
// talk about it.
func (d *document) countActs(dl *deal) (signs, acts int, only bool) {
	only = !slices.ContainsFunc(dl.instrs, func(h hit) bool {
		return d.id(h) == "sister-city" || int(h.from) < d.titleEnd && d.id(h) != "sinergi" && !d.onlyChance(h)
	})
	for i := range dl.sentences {
		for _, e := range dl.sentences[i].events {
			if e.act.signs() {
				signs++
			} else if e.act != actNone {
				acts++
			}
			only = only && d.onlyWorks(&dl.sentences[i], e)
		}
	}
	return signs, acts, only
}

// onlyWorks reports whether an event tells no more than that sides work together, or
// talk about it.
func (d *document) onlyWorks(s *sentenceEvents, e event) bool {
	switch e.act {
	case actNone, actWork:
		return true
	case actHandle:
		return !s.lead || d.is(e.at, d.x.deals.talks)
	case actMake:
		return d.is(e.at-1, d.x.deals.always) || d.makesSynergy(e)
	}
	return false
}

// makesSynergy reports whether an act makes no more than goodwill: "jalin sinergi dan
// kolaborasi".
func (d *document) makesSynergy(e event) bool {
	h, ok := d.longest(e.to, listInstruments)
	return ok && d.id(h) == "sinergi"
}

// chanceReach is how far before "kerja sama" the word stands that makes it one to
// be looked for, or one that is only to grow, in tokens.
const chanceReach = 3

// onlyChance reports whether a headline speaks of chances of working together, or
// of working together more: "Bahas Peluang Kerja Sama", "Perkuat Kerja Sama".
func (d *document) onlyChance(h hit) bool {
	for j := int(h.from) - 1; j >= max(int(h.from)-chanceReach, 0); j-- {
		if d.is(j, d.x.deals.chances) || d.cue(j) == cueStrengthen {
			return true
		}
	}
	return d.hasWord(int(h.from), min(d.titleEnd, int(h.from)+headlineWords), d.x.deals.talks)
}

// eventReach is how far behind "menggandeng" the verb stands that makes it an
// event which two hold together, in tokens.
const eventReach = 9

// holdsEvent reports whether the headline tells of an event that two hold
// together: "Polres Gandeng Pemkab Gelar Vaksinasi".
func (d *document) holdsEvent(dl *deal) bool {
	if len(dl.sentences) == 0 || !dl.sentences[0].title || dl.sentences[0].instrs > 0 {
		return false
	}
	s := &dl.sentences[0]
	for _, e := range s.events {
		if (e.act == actWork || e.act == actPartner) && d.hasWord(e.to, min(e.to+eventReach, s.last), d.x.deals.holds) {
			return true
		}
	}
	return false
}

func (d *document) countInstruments(dl *deal) (named, generic int) {
	for _, h := range dl.instrs {
		if d.x.deals.instruments[h.entry].typ == genericType {
			generic++
		} else {
			named++
		}
	}
	return named, generic
}

// manyBoundaries is how many words for a boundary make an MoU one about nothing else.
const manyBoundaries = 5

// cooperates reports whether the text speaks of cooperation or of a paper that
// is made for nothing else; "kesepakatan bersama" may be about a boundary, and so may
// an MoU be when the headline says so.
func (d *document) cooperates(dl *deal) bool {
	for _, h := range dl.instrs {
		switch d.id(h) {
		case "kesepakatan-bersama", "kesepakatan", "perjanjian", "naskah", "sinergi":
		case "mou", "nota-kesepahaman":
			if !dl.aboutBoundary || dl.boundary < manyBoundaries {
				return true
			}
		default:
			return true
		}
	}
	return false
}
