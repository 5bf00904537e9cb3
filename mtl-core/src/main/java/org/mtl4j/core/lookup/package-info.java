/** Values by id: the columns that rows get from another table, in training and at request time. */
package org.mtl4j.core.lookup;
