/** Items that candidates are taken from by id, with their columns. */
package org.mtl4j.serving.catalogue;
