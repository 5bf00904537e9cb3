/** Logistic regression: Cox 1958. */
package org.mtl4j.models.logisticregression;
