package extract

func (d *document) readBodies() {}
