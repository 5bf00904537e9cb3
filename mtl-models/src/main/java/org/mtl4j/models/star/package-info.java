/** Weights a domain around weights that all share. */
package org.mtl4j.models.star;
