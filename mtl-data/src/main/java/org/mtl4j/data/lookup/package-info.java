/** Tables of files as lookups: values by id, in memory. */
package org.mtl4j.data.lookup;
