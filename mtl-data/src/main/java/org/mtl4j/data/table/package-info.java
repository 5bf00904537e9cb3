/** Tables of text in files: read as they are published, joined in memory, given as a source. */
package org.mtl4j.data.table;
