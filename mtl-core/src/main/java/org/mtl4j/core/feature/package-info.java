/** Turns raw values into model inputs, alike in training and in the exported graph. */
package org.mtl4j.core.feature;
