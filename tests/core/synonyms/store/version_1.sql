BEGIN TRANSACTION;
CREATE TABLE annotators (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	active BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO "annotators" VALUES(1,'ann',1714521601000000,1);
INSERT INTO "annotators" VALUES(2,'bob',1714521602000000,1);
CREATE TABLE candidates (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	word1_id INTEGER NOT NULL, 
	word2_id INTEGER NOT NULL, 
	known BOOLEAN NOT NULL, 
	verdict TEXT, 
	disputed BOOLEAN NOT NULL, 
	flagged BOOLEAN NOT NULL, 
	judges INTEGER NOT NULL, 
	changed_at BIGINT, 
	UNIQUE (word1_id, word2_id), 
	FOREIGN KEY(word1_id) REFERENCES words (id), 
	FOREIGN KEY(word2_id) REFERENCES words (id)
);
INSERT INTO "candidates" VALUES(1,4,5,1,'synonym',0,0,2,1714521605000000);
INSERT INTO "candidates" VALUES(2,1,2,0,NULL,0,0,0,NULL);
INSERT INTO "candidates" VALUES(3,3,6,0,NULL,0,1,0,1714521606000000);
CREATE TABLE decisions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	action TEXT NOT NULL, 
	candidate_id INTEGER NOT NULL, 
	annotator_id INTEGER NOT NULL, 
	verdict TEXT, 
	note TEXT NOT NULL, 
	flagged BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	seconds DOUBLE, 
	model_score DOUBLE, 
	adjudicates BOOLEAN DEFAULT 0 NOT NULL, 
	imported BOOLEAN DEFAULT 0 NOT NULL, 
	undoes INTEGER, 
	UNIQUE (action, candidate_id, annotator_id, adjudicates), 
	FOREIGN KEY(candidate_id) REFERENCES candidates (id), 
	FOREIGN KEY(annotator_id) REFERENCES annotators (id), 
	UNIQUE (undoes), 
	FOREIGN KEY(undoes) REFERENCES decisions (id)
);
INSERT INTO "decisions" VALUES(1,'800be9f9502f4409abac6efd26435e73',1,1,'synonym','?',0,1714521601000000,2.5,NULL,0,0,NULL);
INSERT INTO "decisions" VALUES(2,'811110d9f9c04a38b6d2439327e997a9',1,2,'not','',0,1714521602000000,NULL,NULL,0,0,NULL);
INSERT INTO "decisions" VALUES(3,'c323f6fe7e64455e9793bf91e5d0a97c',2,1,'related','',0,1714521603000000,NULL,NULL,0,0,NULL);
INSERT INTO "decisions" VALUES(4,'c323f6fe7e64455e9793bf91e5d0a97c',3,1,'related','',0,1714521603000000,NULL,NULL,0,0,NULL);
INSERT INTO "decisions" VALUES(5,'23078e42d0304fcea146549b192af07d',2,1,NULL,'',0,1714521604000000,NULL,NULL,0,0,3);
INSERT INTO "decisions" VALUES(6,'23078e42d0304fcea146549b192af07d',3,1,NULL,'',0,1714521604000000,NULL,NULL,0,0,4);
INSERT INTO "decisions" VALUES(7,'bc3562a449c74a048c54a9033ce8808a',1,2,'synonym','',0,1714521605000000,NULL,NULL,1,0,NULL);
INSERT INTO "decisions" VALUES(8,'4fde31beb1a34babbe12379d9ddd16f5',3,2,NULL,'',1,1714521606000000,NULL,NULL,0,0,NULL);
CREATE TABLE evidence (
	candidate_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	score DOUBLE, 
	proposed BOOLEAN NOT NULL, 
	PRIMARY KEY (candidate_id, source_id), 
	FOREIGN KEY(candidate_id) REFERENCES candidates (id), 
	FOREIGN KEY(source_id) REFERENCES sources (id)
)
 WITHOUT ROWID

;
INSERT INTO "evidence" VALUES(1,1,0.8,1);
INSERT INTO "evidence" VALUES(2,1,0.83,1);
INSERT INTO "evidence" VALUES(2,2,0.5,1);
CREATE TABLE info (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "info" VALUES('schema_version','1');
INSERT INTO "info" VALUES('candidates_revision','1');
CREATE TABLE judgements (
	candidate_id INTEGER NOT NULL, 
	annotator_id INTEGER NOT NULL, 
	adjudicates BOOLEAN NOT NULL, 
	decision_id INTEGER NOT NULL, 
	verdict TEXT, 
	flagged BOOLEAN NOT NULL, 
	PRIMARY KEY (candidate_id, annotator_id, adjudicates), 
	FOREIGN KEY(candidate_id) REFERENCES candidates (id), 
	FOREIGN KEY(annotator_id) REFERENCES annotators (id), 
	FOREIGN KEY(decision_id) REFERENCES decisions (id)
)
 WITHOUT ROWID

;
INSERT INTO "judgements" VALUES(1,1,0,1,'synonym',0);
INSERT INTO "judgements" VALUES(1,2,0,2,'not',0);
INSERT INTO "judgements" VALUES(1,2,1,7,'synonym',0);
INSERT INTO "judgements" VALUES(3,2,0,8,NULL,1);
CREATE TABLE sources (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO "sources" VALUES(1,'cosine');
INSERT INTO "sources" VALUES(2,'gloss');
CREATE TABLE stages (
	name TEXT NOT NULL, 
	completed_at BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "stages" VALUES('gloss-1',1714521607000000);
CREATE TABLE words (
	id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	rank INTEGER, 
	codes TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (text)
);
INSERT INTO "words" VALUES(1,'医师',NULL,'');
INSERT INTO "words" VALUES(2,'医生',NULL,'');
INSERT INTO "words" VALUES(3,'土豆',NULL,'');
INSERT INTO "words" VALUES(4,'漂亮',3,'Eb13A01=');
INSERT INTO "words" VALUES(5,'美丽',5,'');
INSERT INTO "words" VALUES(6,'马铃薯',NULL,'');
CREATE INDEX words_rank ON words (rank);
CREATE INDEX candidates_verdict ON candidates (verdict) WHERE verdict IS NOT NULL;
CREATE INDEX candidates_word2 ON candidates (word2_id);
CREATE INDEX candidates_known ON candidates (known) WHERE known;
CREATE INDEX candidates_changed ON candidates (changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX candidates_flagged ON candidates (flagged) WHERE flagged;
CREATE INDEX candidates_disputed ON candidates (disputed) WHERE disputed;
CREATE INDEX evidence_by_score ON evidence (source_id, score, candidate_id, proposed);
CREATE INDEX decisions_of_annotator ON decisions (annotator_id, id);
CREATE INDEX decisions_of_pair ON decisions (candidate_id, annotator_id, id);
CREATE INDEX judgements_of_annotator ON judgements (annotator_id, candidate_id);
COMMIT;
