/** Public data sets by name: what they are, where they come from, and how their files are read. */
package org.mtl4j.data.catalogue;
