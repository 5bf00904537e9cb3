/**
 * Reports as values, sections of text, tables and plots, and their ways out: a page that opens
 * offline, Markdown, JSON, CSV. Nothing here knows what is reported.
 */
package org.mtl4j.eval.report;
