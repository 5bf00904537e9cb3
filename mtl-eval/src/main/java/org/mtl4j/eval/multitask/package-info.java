/**
 * What is said of several tasks at once: whether learning them together paid, and which models no
 * other one beats. Functions over reports and arrays.
 */
package org.mtl4j.eval.multitask;
