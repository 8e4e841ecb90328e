package extract

type lawRules struct{}

func newLawRules(*lexicon) lawRules { return lawRules{} }

func (d *document) readLaws() {}

func (d *document) readDocumentNumbers() {}

func (d *document) readQuantities() {}
