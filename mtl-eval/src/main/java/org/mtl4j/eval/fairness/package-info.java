/** How alike a model treats groups of users or items that a column tells apart. */
package org.mtl4j.eval.fairness;
