package org.mtl4j.eval.report;

/** One thing in a section of a report. */
public sealed interface Element permits Paragraph, Listing, Code, Table, Chart {}
