package extract

import "pakta/rules"

type regionRules struct{}

func newRegionRules(*lexicon, *rules.Set) regionRules { return regionRules{} }

func (d *document) readRegions() {}
