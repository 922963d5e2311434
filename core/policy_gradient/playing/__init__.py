"""Episodes beside the training: from a chosen state, against a person, and with somebody who pushes."""
