/** Looks for the weights by which several outputs rank best together. */
package org.mtl4j.eval.fusion;
