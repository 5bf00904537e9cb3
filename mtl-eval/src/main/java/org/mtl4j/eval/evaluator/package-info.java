/** From predictions and labels, block by block, to a report of figures. */
package org.mtl4j.eval.evaluator;
