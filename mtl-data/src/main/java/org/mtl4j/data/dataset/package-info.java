/** From a source to the rows of each split: derived columns, filters, duplicates, splits. */
package org.mtl4j.data.dataset;
