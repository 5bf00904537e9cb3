/** Loads an export and predicts with it. */
package org.mtl4j.serving.model;
