/** Calibrators, fitted to the scores and labels of rows that a model was not trained on. */
package org.mtl4j.eval.calibration;
