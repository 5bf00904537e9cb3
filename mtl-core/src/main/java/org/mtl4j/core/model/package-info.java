/** The contract between a model and the house: inputs, outputs, losses, and predictors. */
package org.mtl4j.core.model;
