package extract

import (
	"pakta"
	"pakta/rules"
)

type regionRules struct{}

func newRegionRules(*lexicon, *rules.Set) regionRules { return regionRules{} }

func (d *document) readRegions() {}

func (d *document) recordRegions() []pakta.RegionMention { return []pakta.RegionMention{} }
