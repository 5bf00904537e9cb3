/**
 * Learns from the training rows what features and labels need to know: scales, vocabularies,
 * classes. Fitting and applying are two types: what is learnt is a value of mtl-core.
 */
package org.mtl4j.data.fit;
