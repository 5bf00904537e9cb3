/** What is in a table that nobody knows yet: types, missing values, the most frequent values. */
package org.mtl4j.data.describe;
